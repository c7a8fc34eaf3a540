'use client'

import { RepeatIcon } from 'lucide-react'
import { useTranslations } from 'next-intl'
import Link from 'next/link'
import { Button } from '#components/ui/button'
import { CopyButton } from '#components/ui/copy-button'
import type { MenuItem } from '#components/ui/overlay/menu'
import { MenuButton } from '#components/ui/overlay/menu-button'
import type { FileView } from '#lib/contract/file-view'
import { useFormat, useSay } from '#lib/messages/use-say'
import type { ModelOffer } from '../actions/make-again.ts'
import type { VideoPrice } from '../actions/price.ts'
import { RetryButton } from '../actions/retry-button.tsx'
import { wasTaken } from './attempt-label.ts'
import { AttemptList } from './attempt-list.tsx'
import { billingPath, failureAdvice, failureDetails } from './failure-help.ts'

export interface FailureNoticeProps {
  view: FileView
  /** The models that could make it instead, the best replacement first. */
  offers?: readonly ModelOffer[]
  /** What making it again costs now; null where no provider can. */
  price?: VideoPrice | null
  onRetry: (fileId: string) => void
  onRetryWith?: (fileId: string, modelId: string) => void
  onCheck: (fileId: string) => Promise<void>
}

/** Why a video failed, and what to do. */
export function FailureNotice(props: FailureNoticeProps) {
  const { view, offers = [], price, onRetry, onRetryWith, onCheck } = props
  const { error } = view
  const t = useTranslations()
  const say = useSay()
  const { usd: inMoney } = useFormat()
  const others = offers.map(({ id, label, usd }): MenuItem => ({
    label: say(label),
    aside: inMoney(usd),
    onSelect: () => onRetryWith?.(view.id, id),
  }))
  const isGone = error?.code === 'model_retired'
  return (
    <div className="space-y-4">
      <div className="max-w-prose space-y-1 text-sm text-pretty">
        <p dir="auto">
          {error
            ? say(error.messageRef ?? error.message)
            : t('failure.general', { kind: view.type })}
        </p>
        {error && <p className="text-soft">{say(failureAdvice(error.code))}</p>}
        <BillingLink path={billingPath(view)} />
      </div>
      {!view.isDemo && (
        <div className="text-sm">
          <AttemptList view={view} hasIds />
        </div>
      )}
      <div className="flex flex-wrap gap-1">
        {isGone && offers[0] ? (
          <Button size="small" onClick={() => onRetryWith?.(view.id, offers[0]!.id)}>
            {t('failure.useModel', { model: say(offers[0].label), price: inMoney(offers[0].usd) })}
          </Button>
        ) : (
          <RetryButton price={price} onClick={() => onRetry(view.id)} />
        )}
        <MenuButton label={t('failure.otherModel')} items={others} isLabelled>
          <RepeatIcon />
        </MenuButton>
        {wasTaken(view) && (
          <Button size="small" variant="quiet" onClick={() => void onCheck(view.id)}>
            {t('card.action.askProvider')}
          </Button>
        )}
        <CopyButton label={t('failure.copyDetails')} text={failureDetails(view)} isLabelled />
      </div>
    </div>
  )
}

function BillingLink({ path }: { path: string | null }) {
  const t = useTranslations('failure')
  if (!path) return null
  return (
    <p>
      <Link href={path} prefetch={false} className={linkStyle}>
        {t('billing')}
      </Link>
    </p>
  )
}

const linkStyle =
  'inline-flex min-h-6 items-center underline decoration-edge underline-offset-4 hover:decoration-signal touch:min-h-11'
