'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '#components/ui/button'
import { CopyButton } from '#components/ui/copy-button'
import { showToast } from '#components/ui/toast/show-toast'
import { revokeShare } from '#lib/ai/api/people/shares'
import type { ShareView } from '#lib/contract/people/shares'
import type { MediaType } from '#lib/contract/generation'
import { ProblemError, isNotFound } from '#lib/contract/problem'
import { message } from '#lib/messages/message'
import { useFormat } from '#lib/messages/use-say'

interface ShareListProps {
  fileId: string
  kind: MediaType
  shares: readonly ShareView[]
  onChange: () => Promise<void>
}

/** The links to a video or an image: what each shows, and the button that ends it. */
export function ShareList({ fileId, kind, shares, onChange }: ShareListProps) {
  const t = useTranslations('share')
  if (shares.length === 0) return <p className="mt-2 text-sm text-soft">{t('noLinks', { kind })}</p>
  return (
    <ul className="mt-2 divide-y divide-hairline">
      {shares.map((share) => (
        <ShareRow key={share.token} fileId={fileId} share={share} onRevoked={onChange} />
      ))}
    </ul>
  )
}

interface ShareRowProps {
  fileId: string
  share: ShareView
  onRevoked: () => Promise<void>
}

function ShareRow({ fileId, share, onRevoked }: ShareRowProps) {
  const t = useTranslations('share')
  const [isBusy, setBusy] = useState(false)
  const revoke = async () => {
    setBusy(true)
    try {
      await revokeShare(fileId, share.token)
      showToast({ kind: 'success', title: message('share.revoked') })
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      if (!isNotFound(error)) showToast({ kind: 'error', title: error.problem.detail })
    }
    await onRevoked()
    setBusy(false)
  }
  return (
    <li className="py-3">
      <a
        href={share.url}
        target="_blank"
        rel="noreferrer"
        className="block break-all font-mono text-tiny underline-offset-4 hover:underline"
      >
        {share.url}
      </a>
      <div className="mt-1 flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <ShareFacts share={share} />
        <div className="-mr-2 flex items-center gap-1">
          <CopyButton label={t('copy')} text={share.url} isLabelled />
          <Button size="small" variant="quiet" aria-disabled={isBusy} onClick={() => void revoke()}>
            {t('revoke')}
          </Button>
        </div>
      </div>
    </li>
  )
}

function ShareFacts({ share }: { share: ShareView }) {
  const t = useTranslations('share')
  const { moment } = useFormat()
  const [openedAt] = useState(() => Date.now())
  const { expiresAt } = share
  const isOver = expiresAt !== null && Date.parse(expiresAt) <= openedAt
  const lasts = expiresAt
    ? t(isOver ? 'over' : 'until', { moment: moment(expiresAt, openedAt) })
    : t('forever')
  const facts = [
    lasts,
    share.hasPassword && t('hasPassword'),
    share.withPrompt && t('hasPrompt'),
    share.mayDownload && t('hasDownload'),
  ]
  return <p className="text-tiny text-soft">{facts.filter(Boolean).join(', ')}</p>
}
