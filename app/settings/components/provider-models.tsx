'use client'

import { clsx } from 'clsx'
import { useTranslations } from 'next-intl'
import { useModels } from '#lib/ai/api/reads/use-models'
import type { ModelView } from '#lib/contract/model-view'
import { PageLink } from '../../page-link.tsx'

/** The models a provider makes; each opens in its generator. */
export function ProviderModels({ models }: { models: readonly string[] }) {
  const t = useTranslations('settings')
  const { models: videos, isLoading: readsVideos } = useModels()
  const { models: images, isLoading: readsImages } = useModels('image')
  const isLoading = readsVideos || readsImages
  if (models.length === 0) return null
  return (
    <div>
      <h4 className="text-sm text-soft">{t('makes')}</h4>
      <ul
        aria-busy={isLoading}
        // Their names are on the way: an id in their place would jump.
        className={clsx('mt-1.5 flex flex-wrap gap-x-5 text-sm', isLoading && 'invisible')}
      >
        {models.map((id) => (
          <li key={id}>
            <ModelLink id={id} model={[...videos, ...images].find((one) => one.id === id)} />
          </li>
        ))}
      </ul>
    </div>
  )
}

function ModelLink({ id, model }: { id: string; model: ModelView | undefined }) {
  const t = useTranslations('settings')
  const label = model?.label ?? id
  if (model?.state === 'retired')
    return (
      <span className="inline-flex min-h-8 items-center text-soft">
        {t('retired', { model: label })}
      </span>
    )
  return (
    <PageLink
      href={`/tools/${model?.kind === 'image' ? 'image' : 'video'}-generator?model=${encodeURIComponent(id)}`}
      className="inline-flex min-h-8 items-center underline decoration-edge underline-offset-4 hover:decoration-signal touch:min-h-11"
    >
      <span dir="auto">{label}</span>
    </PageLink>
  )
}
