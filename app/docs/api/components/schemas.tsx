'use client'

import { useTranslations } from 'next-intl'
import { type ApiDocument, type Schema, typeOf } from '#lib/contract/api/reference'
import { FieldList } from './field-list.tsx'

/** Every schema that answers and requests refer to, each once. */
export function Schemas({ document }: { document: ApiDocument }) {
  const t = useTranslations('apiDocs')
  return (
    <section aria-labelledby="schemas" className="border-t border-hairline py-8">
      <h2 id="schemas" className="text-lg font-semibold tracking-tight">
        {t('fields')}
      </h2>
      {Object.entries(document.components.schemas)
        .filter(([name]) => name !== 'ErrorCode')
        .map(([name, schema]) => (
          <div key={name} id={`schema-${name}`} className="scroll-mt-20 pt-6">
            <h3 className="font-mono font-semibold">
              <a href={`#schema-${name}`} className="hover:underline">
                {name}
              </a>
            </h3>
            {schema.description && (
              <p className="mt-1 mb-2 text-sm text-pretty text-soft">{schema.description}</p>
            )}
            <SchemaFields schema={schema} document={document} />
          </div>
        ))}
    </section>
  )
}

function SchemaFields({ schema, document }: { schema: Schema; document: ApiDocument }) {
  if (schema.properties) return <FieldList schema={schema} document={document} />
  const forms = schema.oneOf ?? schema.anyOf
  if (!forms?.some((form) => form.properties))
    return <p className="font-mono text-sm text-soft">{typeOf(schema)}</p>
  return forms.map((form) => (
    <div key={JSON.stringify(form)} className="mb-4">
      <FieldList schema={form} document={document} />
    </div>
  ))
}
