import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ReferenceWords } from '../../people/people-words.tsx'
import { ApiReference } from './components/api-reference.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('apiDocs')
  return { title: `${t('title')} · Photofinish`, description: t('description') }
}

export default function ApiReferencePage() {
  return (
    <ReferenceWords>
      <ApiReference />
    </ReferenceWords>
  )
}
