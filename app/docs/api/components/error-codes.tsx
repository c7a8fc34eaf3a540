'use client'

import { useTranslations } from 'next-intl'
import type { ApiDocument } from '#lib/contract/api/reference'

/** The closed list of error codes, with the status of each. */
export function ErrorCodes({ document }: { document: ApiDocument }) {
  const t = useTranslations('apiDocs')
  return (
    <section
      id="schema-ErrorCode"
      aria-labelledby="error-codes"
      className="scroll-mt-20 border-t border-hairline py-8"
    >
      <h2 id="error-codes" className="mb-3 text-lg font-semibold tracking-tight">
        {t('errors')}
      </h2>
      <table className="w-full max-w-2xl text-sm">
        <thead className="text-soft">
          <tr className="border-b border-hairline">
            <th scope="col" className={cell}>
              {t('code')}
            </th>
            <th scope="col" className={cell}>
              {t('status')}
            </th>
            <th scope="col" className={cell}>
              {t('again')}
            </th>
          </tr>
        </thead>
        <tbody>
          {document['x-error-codes'].map(({ code, status, retryable }) => (
            <tr key={code} className="border-b border-hairline">
              <td className={`${cell} font-mono break-all`} translate="no">
                {code}
              </td>
              <td className={`${cell} tabular-nums`}>{status}</td>
              <td className={cell}>{t(retryable ? 'yes' : 'no')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

const cell = 'py-2 pr-4 text-left font-normal'
