'use client'

import { useTranslations } from 'next-intl'
import { FieldError } from '#components/ui/form/field'
import type { ApiScope } from '#lib/contract/people/caller'
import type { MessageRef } from '#lib/messages/message'

interface ScopesFieldProps {
  id: string
  offered: readonly ApiScope[]
  chosen: readonly ApiScope[]
  onChange: (chosen: readonly ApiScope[]) => void
  error: MessageRef | undefined
}

/** What a key may do. */
export function ScopesField({ id, offered, chosen, onChange, error }: ScopesFieldProps) {
  const t = useTranslations('keys')
  return (
    <fieldset aria-describedby={error ? `${id}-error` : undefined}>
      <legend className="mb-1.5 text-sm text-soft">{t('scopes')}</legend>
      {offered.map((scope, place) => {
        const own = place === 0 ? id : `${id}-${scope}`
        return (
          <div key={scope} className="flex items-start gap-3 text-sm">
            <input
              id={own}
              type="checkbox"
              aria-describedby={`${own}-may`}
              checked={chosen.includes(scope)}
              onChange={({ target }) =>
                onChange(
                  target.checked ? [...chosen, scope] : chosen.filter((other) => other !== scope),
                )
              }
              className="mt-2 size-6 shrink-0 accent-ink"
            />
            <div className="min-w-0 flex-1 py-1.5">
              <label htmlFor={own} className="block min-h-6">
                {t(`scope_${scope}`)}
              </label>
              <p id={`${own}-may`} className="text-soft">
                {t(`may_${scope}`)}
              </p>
            </div>
          </div>
        )
      })}
      <FieldError id={`${id}-error`} {...(error && { message: error })} />
    </fieldset>
  )
}
