import { useTranslations } from 'next-intl'
import { useSay } from '#lib/messages/use-say'
import { CheckIcon } from 'lucide-react'
import { CopyButton } from '#components/ui/copy-button'
import type { ProviderVariable } from '#lib/contract/provider-view'

/** The variables of a provider, with a line to copy for each that is not set. Values are never shown. */
export function ProviderVariables({ variables }: { variables: readonly ProviderVariable[] }) {
  const t = useTranslations('settings')
  if (variables.length === 0) return <p className="text-sm text-soft">{t('noKey')}</p>
  return (
    <div>
      <h4 className="text-sm text-soft">{t('variables')}</h4>
      <ul className="mt-2 border-t border-hairline text-sm">
        {variables.map((variable) => (
          <Variable key={variable.name} {...variable} />
        ))}
      </ul>
    </div>
  )
}

function Variable({ name, meaning, isRequired, isSet }: ProviderVariable) {
  const t = useTranslations('settings')
  const say = useSay()
  return (
    <li className="grid items-center gap-x-6 border-b border-hairline py-1.5 sm:grid-cols-[minmax(0,22rem)_1fr_auto]">
      {isSet ? (
        <code className="flex min-h-8 items-center font-mono text-sm wrap-anywhere touch:min-h-11">
          {name}
        </code>
      ) : (
        <EnvLine line={`${name}=`} />
      )}
      <p className="text-soft">{say(meaning)}</p>
      <p className="flex items-center gap-1.5 whitespace-nowrap max-sm:mb-1.5 sm:justify-end">
        {isSet && <CheckIcon aria-hidden="true" className="size-4" />}
        <span>{t(isSet ? 'set' : isRequired ? 'notSetRequired' : 'notSetOptional')}</span>
      </p>
    </li>
  )
}

/** A line for the `.env` file, to be copied. */
export function EnvLine({ line }: { line: string }) {
  const t = useTranslations('settings')
  return (
    <span className="flex min-w-0 items-center gap-1">
      <code className="min-w-0 font-mono text-sm wrap-anywhere">{line}</code>
      <CopyButton label={t('copyLine', { line })} text={line} />
    </span>
  )
}
