'use client'

import { useTranslations } from 'next-intl'
import { type ApiDocument, type Schema, fieldsOf } from '#lib/contract/api/reference'

interface FieldListProps {
  schema: Schema
  document: ApiDocument
}

/** The fields of a schema: type, whether it must be there, and what it means. */
export function FieldList({ schema, document }: FieldListProps) {
  return (
    <dl className="text-sm">
      {fieldsOf(schema, document).map((field) => (
        <FieldRow key={field.name} {...field} />
      ))}
    </dl>
  )
}

interface FieldRowProps {
  name: string
  type: string
  /** The schema that has a section of its own. */
  refersTo?: string | undefined
  isRequired?: boolean
  description?: string | undefined
}

export function FieldRow({ name, type, refersTo, isRequired = false, description }: FieldRowProps) {
  const t = useTranslations('apiDocs')
  return (
    <div className="grid gap-x-6 border-t border-hairline py-2 sm:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
      <dt className="min-w-0">
        <span className="font-mono break-all" translate="no">
          {name}
        </span>{' '}
        {isRequired && <span className="text-tiny text-signal-ink">{t('required')}</span>}
        <span className="block font-mono text-tiny break-words text-soft" translate="no">
          {refersTo ? (
            <a
              href={`#schema-${refersTo}`}
              className="inline-flex min-h-6 items-center underline underline-offset-2"
            >
              {type.includes('/') ? refersTo : type}
            </a>
          ) : (
            type
          )}
        </span>
      </dt>
      <dd className="min-w-0 text-pretty text-soft">{description}</dd>
    </div>
  )
}
