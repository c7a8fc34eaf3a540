'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { CopyButton } from '#components/ui/copy-button'
import { ChoiceGroup } from '#components/ui/form/choice-group'
import type { ApiDocument, ReferenceOperation } from '#lib/contract/api/reference'
import { type SampleLanguage, sampleLanguages, sampleOf } from '#lib/contract/api/samples'
import { FieldList, FieldRow } from './field-list.tsx'

interface OperationListProps {
  operations: readonly ReferenceOperation[]
  document: ApiDocument
}

/** Requests one below the other, with an example of each in the language that is chosen for all. */
export function OperationList({ operations, document }: OperationListProps) {
  const t = useTranslations('apiDocs')
  const [language, setLanguage] = useState<SampleLanguage>('curl')
  if (operations.length === 0) return null
  return (
    <>
      <div className="mb-8 max-w-xs">
        <ChoiceGroup
          label={t('languageOfCode')}
          name="sample-language"
          options={sampleLanguages}
          value={language}
          onChange={setLanguage}
        />
      </div>
      {operations.map((operation) => (
        <OperationSection
          key={operation.id}
          operation={operation}
          document={document}
          language={language}
        />
      ))}
    </>
  )
}

interface OperationSectionProps {
  operation: ReferenceOperation
  document: ApiDocument
  language: SampleLanguage
}

function OperationSection({ operation, document, language }: OperationSectionProps) {
  const { id, method, path, summary, body } = operation
  const heading = `${id}-heading`
  return (
    <section
      id={id}
      aria-labelledby={heading}
      className="scroll-mt-20 border-t border-hairline py-8"
    >
      <h3 id={heading} className="font-mono text-lg font-semibold">
        <a href={`#${id}`} className="hover:underline">
          {id}
        </a>
      </h3>
      <p className="mt-1 font-mono text-sm break-all">
        <span className="font-semibold text-signal-ink">{method}</span> <span>{path}</span>
      </p>
      <p className="mt-3 max-w-prose text-pretty">{summary}</p>
      <Scope operation={operation} />
      <Sample operation={operation} language={language} document={document} />
      <Parameters operation={operation} />
      {body?.type === 'application/json' && (
        <Body id={id} schema={body.schema} document={document} />
      )}
      <Answers operation={operation} />
    </section>
  )
}

function Scope({ operation: { scope } }: { operation: ReferenceOperation }) {
  const t = useTranslations('apiDocs')
  return (
    <p className="mt-1 text-sm text-soft">
      {scope === 'any' ? t('anyScope') : t('scope', { scope })}
    </p>
  )
}

function Sample({ operation, language, document }: OperationSectionProps) {
  const t = useTranslations('apiDocs')
  const server = new URL(document.servers[0]!.url, window.location.href).href
  const sample = sampleOf(language, operation, server)
  return (
    <div className="relative mt-4 rounded-md border border-hairline bg-sunken">
      <pre className="p-4 pr-14 font-mono text-sm break-words whitespace-pre-wrap" translate="no">
        <code>{sample}</code>
      </pre>
      <div className="absolute top-1 right-1">
        <CopyButton label={t('copy')} text={sample} />
      </div>
    </div>
  )
}

function Parameters({ operation: { parameters } }: { operation: ReferenceOperation }) {
  const t = useTranslations('apiDocs')
  if (parameters.length === 0) return null
  return (
    <>
      <h4 className={smallHeading}>{t('parameters')}</h4>
      <dl className="text-sm">
        {parameters.map((one) => (
          <FieldRow
            key={`${one.in} ${one.name}`}
            name={one.name}
            type={t(`in.${one.in}`)}
            isRequired={one.required === true}
            description={one.description ?? one.schema?.description}
          />
        ))}
      </dl>
    </>
  )
}

type BodyProps = Pick<NonNullable<ReferenceOperation['body']>, 'schema'> & {
  id: string
  document: ApiDocument
}

function Body({ id, schema, document }: BodyProps) {
  const t = useTranslations('apiDocs')
  return (
    <>
      <h4 className={smallHeading} id={`${id}-body`}>
        {t('body')}
      </h4>
      <FieldList schema={schema} document={document} />
    </>
  )
}

function Answers({ operation: { answers } }: { operation: ReferenceOperation }) {
  const t = useTranslations('apiDocs')
  return (
    <>
      <h4 className={smallHeading}>{t('answers')}</h4>
      <dl className="text-sm">
        {answers.map(({ status, description, type, schema }) => (
          <FieldRow
            key={status}
            name={status}
            type={type ?? ''}
            refersTo={schema?.$ref?.split('/').at(-1)}
            description={description}
          />
        ))}
      </dl>
    </>
  )
}

const smallHeading = 'mt-6 mb-1 text-sm font-semibold'
