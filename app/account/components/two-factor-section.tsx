'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '#components/ui/button'
import { CopyButton } from '#components/ui/copy-button'
import {
  beginTwoFactor,
  confirmTwoFactor,
  endTwoFactor,
  renewBackupCodes,
  secretOf,
  type TwoFactorSetup,
} from '#lib/ai/api/people/security'
import { reloadAccount } from '#lib/ai/api/people/use-account'
import { message } from '#lib/messages/message'
import { CodeField, FormOf, PasswordField, SubmitButton } from '../../people/entry-fields.tsx'
import { Section } from '../../people/section-page.tsx'
import type { Doing } from '../../people/use-doing.ts'
import { rules, useEntryForm } from '../../people/use-entry-form.ts'
import { BackupCodes } from './backup-codes.tsx'
import { QrCode } from './qr-code.tsx'

type Step = 'rest' | 'turnOn' | 'turnOff' | 'newCodes'

/** The steps to on, to off and to new codes; each begins with the password. */
function useSteps(doing: Doing) {
  const [step, setStep] = useState<Step>('rest')
  const [setup, setSetup] = useState<TwoFactorSetup>()
  const [codes, setCodes] = useState<readonly string[]>()
  const rest = () => {
    setStep('rest')
    setSetup(undefined)
    setCodes(undefined)
  }
  const withPassword = async (password: string) => {
    if (step === 'turnOn') return setSetup(await beginTwoFactor(password))
    if (step === 'newCodes') return setCodes(await renewBackupCodes(password))
    await endTwoFactor(password)
    await reloadAccount()
    doing.tell(message('account.twoFactor.turnedOff'))
    rest()
  }
  const confirm = async (code: string) => {
    await confirmTwoFactor(code)
    setCodes(setup?.backupCodes)
    await reloadAccount()
    doing.tell(message('account.twoFactor.turnedOn'))
  }
  return { step, setStep, setup, codes, rest, withPassword, confirm }
}

/** A code from the user's phone besides the password: on, off, and new backup codes. */
export function TwoFactorSection({ isOn, doing }: { isOn: boolean; doing: Doing }) {
  const t = useTranslations('account.twoFactor')
  const { step, setStep, setup, codes, rest, withPassword, confirm } = useSteps(doing)
  return (
    <Section
      id="two-factor-heading"
      title={t('title')}
      help={t(isOn ? 'on' : 'off')}
      aside={
        step === 'rest' && (
          <div className="flex flex-wrap gap-2">
            {isOn && (
              <Button size="small" onClick={() => setStep('newCodes')}>
                {t('newCodes')}
              </Button>
            )}
            <Button size="small" onClick={() => setStep(isOn ? 'turnOff' : 'turnOn')}>
              {t(isOn ? 'turnOff' : 'turnOn')}
            </Button>
          </div>
        )
      }
    >
      {codes ? (
        <BackupCodes codes={codes} onDone={rest} />
      ) : setup ? (
        <AppSetup setup={setup} onCode={confirm} onCancel={rest} />
      ) : (
        step !== 'rest' && <PasswordPrompt step={step} onPassword={withPassword} onCancel={rest} />
      )}
    </Section>
  )
}

interface PasswordPromptProps {
  step: Exclude<Step, 'rest'>
  onPassword: (password: string) => Promise<void>
  onCancel: () => void
}

/** A browser that was left open is not enough to change this. */
function PasswordPrompt({ step, onPassword, onCancel }: PasswordPromptProps) {
  const t = useTranslations('account.twoFactor')
  const form = useEntryForm({ password: rules.password }, ({ password }) => onPassword(password))
  return (
    <div className="max-w-sm">
      <FormOf form={form}>
        {step === 'newCodes' && <p className="text-sm text-soft">{t('newCodesHelp')}</p>}
        <PasswordField
          form={form}
          name="password"
          label={t('confirmPassword')}
          autoComplete="current-password"
          takesFocus
        />
        <div className="flex flex-wrap gap-2">
          <SubmitButton form={form} variant={step === 'turnOff' ? 'danger' : 'outline'}>
            {t(step === 'turnOff' ? 'turnOff' : 'continue')}
          </SubmitButton>
          <Button variant="quiet" onClick={onCancel}>
            {t('cancel')}
          </Button>
        </div>
      </FormOf>
    </div>
  )
}

interface AppSetupProps {
  setup: TwoFactorSetup
  onCode: (code: string) => Promise<void>
  onCancel: () => void
}

/** The secret for the authenticator app, as a picture and in letters, and the first code it shows. */
function AppSetup({ setup: { totpURI }, onCode, onCancel }: AppSetupProps) {
  const t = useTranslations('account.twoFactor')
  const form = useEntryForm({ code: rules.code }, ({ code }) => onCode(code))
  const secret = secretOf(totpURI)
  return (
    <div className="grid gap-x-8 gap-y-5 text-sm sm:grid-cols-[auto_minmax(0,1fr)]">
      <QrCode text={totpURI} label={t('qr')} />
      <div className="min-w-0 space-y-5">
        <div>
          <p>{t('scan')}</p>
          <p className="mt-2 text-soft">{t('byHand')}</p>
          <div className="flex items-center gap-1">
            <code className="font-mono break-words">{secret}</code>
            <CopyButton label={t('copySecret')} text={secret.replaceAll(' ', '')} />
          </div>
        </div>
        <FormOf form={form}>
          <CodeField form={form} name="code" label={t('enter')} takesFocus />
          <div className="flex flex-wrap gap-2">
            <SubmitButton form={form} variant="outline">
              {t('confirm')}
            </SubmitButton>
            <Button variant="quiet" onClick={onCancel}>
              {t('cancel')}
            </Button>
          </div>
        </FormOf>
      </div>
    </div>
  )
}
