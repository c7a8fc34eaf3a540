'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { confirmSignIn } from '#lib/ai/api/people/sign-in'
import { type Problem, ProblemError } from '#lib/contract/problem'
import { CodeField, EntryField, FormOf, SubmitButton } from '../../people/entry-fields.tsx'
import { rules, useEntryForm } from '../../people/use-entry-form.ts'
import { linkStyle } from './entry-page.tsx'

interface SecondFactorFormProps {
  onDone: () => 'leaving'
  /** Back to the password, and why where it is not the user's wish. */
  onStartOver: (why?: Problem) => void
}

/** The second factor: a code of the app, or a backup code. */
export function SecondFactorForm({ onDone, onStartOver }: SecondFactorFormProps) {
  const t = useTranslations('entry.second')
  const [isBackup, setIsBackup] = useState(false)
  return (
    <>
      <p className="text-pretty text-soft">{t(isBackup ? 'backupHelp' : 'help')}</p>
      <FactorForm
        key={String(isBackup)}
        isBackup={isBackup}
        onDone={onDone}
        onStartOver={onStartOver}
      />
      <p className="flex flex-wrap gap-x-6 gap-y-2 text-sm">
        <button type="button" className={linkStyle} onClick={() => setIsBackup(!isBackup)}>
          {t(isBackup ? 'useApp' : 'useBackup')}
        </button>
        <button type="button" className={linkStyle} onClick={() => onStartOver()}>
          {t('again')}
        </button>
      </p>
    </>
  )
}

function FactorForm(props: SecondFactorFormProps & { isBackup: boolean }) {
  const { isBackup, onDone, onStartOver } = props
  const t = useTranslations('entry.second')
  const rule = isBackup ? rules.backupCode : rules.code
  const form = useEntryForm({ code: rule }, async ({ code }) => {
    try {
      await confirmSignIn(isBackup ? 'backup-code' : 'totp', code)
    } catch (error) {
      if (!isOver(error)) throw error
      return onStartOver(error.problem)
    }
    return onDone()
  })
  return (
    <FormOf form={form}>
      {isBackup ? (
        <EntryField
          form={form}
          name="code"
          label={t('backupCode')}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          takesFocus
          className="font-mono"
        />
      ) : (
        <CodeField form={form} name="code" label={t('code')} takesFocus />
      )}
      <SubmitButton form={form}>{t('submit')}</SubmitButton>
    </FormOf>
  )
}

/** Whether no code can help any more, only the password. */
function isOver(error: unknown): error is ProblemError {
  return error instanceof ProblemError && /^sign_in_(again|required)$/.test(error.problem.code)
}
