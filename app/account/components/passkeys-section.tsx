'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '#components/ui/button'
import { ConfirmDialog } from '#components/ui/overlay/confirm-dialog'
import {
  addPasskey,
  canUsePasskeys,
  type PasskeyView,
  readPasskeys,
  removePasskey,
} from '#lib/ai/api/people/passkeys'
import { reloadAccount } from '#lib/ai/api/people/use-account'
import type { Problem } from '#lib/contract/problem'
import { message } from '#lib/messages/message'
import { useFormat } from '#lib/messages/use-say'
import { agentName } from '../../people/agent-name.ts'
import { Awaited, Section, rowStyle, rowsStyle } from '../../people/section-page.tsx'
import { useAnswer } from '../../people/use-answer.ts'
import type { Doing } from '../../people/use-doing.ts'

interface PasskeysSectionProps {
  /** Whether the studio's address allows them. */
  isPossible: boolean
  doing: Doing
}

/** The passkeys of the account: listed, added, removed. */
export function PasskeysSection({ isPossible, doing }: PasskeysSectionProps) {
  const t = useTranslations('account')
  const { answer, error, reload } = useAnswer('passkeys', readPasskeys)
  const canAdd = isPossible && canUsePasskeys()
  const changed = async () => {
    await Promise.all([reload(), reloadAccount()])
  }
  const add = async () => {
    const { browser, system } = agentName(navigator.userAgent)
    await addPasskey([browser, system].filter(Boolean).join(', '))
    await changed()
  }
  return (
    <Section
      id="passkeys-heading"
      title={t('passkeys.title')}
      help={t(canAdd ? 'passkeys.help' : 'passkeys.insecure')}
      aside={
        canAdd && (
          <Button
            size="small"
            aria-disabled={doing.isBusy}
            onClick={() => doing.run(add, message('account.passkeys.added'))}
          >
            {t('passkeys.add')}
          </Button>
        )
      }
    >
      <PasskeyList answer={answer} error={error} doing={doing} onChange={changed} />
    </Section>
  )
}

interface PasskeyListProps {
  answer: PasskeyView[] | undefined
  error: Problem | undefined
  doing: Doing
  onChange: () => Promise<void>
}

function PasskeyList({ answer, error, doing, onChange }: PasskeyListProps) {
  const t = useTranslations('account')
  if (error || !answer) return <Awaited answer={answer} error={error} reload={onChange} />
  if (answer.length === 0) return <p className="text-sm text-soft">{t('passkeys.none')}</p>
  const remove = async (id: string) => {
    await removePasskey(id)
    await onChange()
  }
  return (
    <ul className={rowsStyle}>
      {answer.map((passkey) => (
        <Passkey
          key={passkey.id}
          passkey={passkey}
          onRemove={() => doing.run(() => remove(passkey.id), message('account.passkeys.removed'))}
        />
      ))}
    </ul>
  )
}

function Passkey({ passkey, onRemove }: { passkey: PasskeyView; onRemove: () => void }) {
  const t = useTranslations('account.passkeys')
  const { date } = useFormat()
  const [isAsking, setIsAsking] = useState(false)
  const name = passkey.name || t('unnamed')
  return (
    <li className={rowStyle}>
      <div className="min-w-0 flex-1">
        <p dir="auto">{name}</p>
        {passkey.createdAt && (
          <p className="text-soft">{t('since', { date: date(passkey.createdAt) })}</p>
        )}
      </div>
      <Button size="small" variant="quiet" onClick={() => setIsAsking(true)}>
        <span>{t('remove')}</span>
        <span dir="auto" className="sr-only">
          {name}
        </span>
      </Button>
      <ConfirmDialog
        title={t('removeTitle')}
        description={t('removeHelp', { name })}
        action={t('remove')}
        isOpen={isAsking}
        onConfirm={() => {
          setIsAsking(false)
          onRemove()
        }}
        onClose={() => setIsAsking(false)}
      />
    </li>
  )
}
