'use client'

import { clsx } from 'clsx'
import { SearchIcon, StarIcon } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { IconButton } from '#components/ui/button'
import { TextInput } from '#components/ui/form/text-field'
import type { TemplateView } from '#lib/contract/library/templates'

interface TemplateListProps {
  /** Those that are found; undefined until they are loaded. */
  templates: readonly TemplateView[] | undefined
  q: string
  onSearch: (q: string) => void
  shownId: string | undefined
  onChoose: (id: string) => void
  onStar: (template: TemplateView) => void
}

/** The templates by name, with a search in names and prompts. */
export function TemplateList(props: TemplateListProps) {
  const { templates, q, onSearch, shownId, onChoose, onStar } = props
  const t = useTranslations('templates')
  return (
    <>
      <search className="relative block">
        <SearchIcon
          aria-hidden="true"
          className="pointer-events-none absolute top-1/2 left-3 size-4 -translate-y-1/2 text-soft"
        />
        <TextInput
          inputMode="search"
          aria-label={t('search')}
          placeholder={t('search')}
          value={q}
          maxLength={500}
          className="pl-9"
          onChange={({ target }) => onSearch(target.value)}
        />
      </search>
      <output className="sr-only">
        {q && templates && t('found', { count: templates.length })}
      </output>
      {!templates && <p className="mt-4 text-sm text-soft">{t('loading')}</p>}
      {templates?.length === 0 && <p className="mt-4 text-sm text-soft">{t('nothingFound')}</p>}
      <ul className="mt-2 lg:-mx-2 lg:max-h-[60dvh] lg:overflow-y-auto lg:px-2">
        {templates?.map((template) => (
          <li key={template.id} className="flex items-center gap-1 border-b border-hairline">
            <TemplateRow
              template={template}
              isShown={template.id === shownId}
              onChoose={onChoose}
            />
            <IconButton
              label={t('star', { name: template.name })}
              aria-pressed={template.isStarred}
              onClick={() => onStar(template)}
            >
              <StarIcon className={clsx(template.isStarred && 'fill-current text-ink')} />
            </IconButton>
          </li>
        ))}
      </ul>
    </>
  )
}

interface TemplateRowProps {
  template: TemplateView
  isShown: boolean
  onChoose: (id: string) => void
}

function TemplateRow({ template, isShown, onChoose }: TemplateRowProps) {
  const t = useTranslations('templates')
  const { id, name, isOurs, isShared } = template
  const origin = isOurs ? t('ours') : isShared ? t('shared') : undefined
  return (
    <button
      id={`template-${id}`}
      type="button"
      aria-current={isShown}
      onClick={() => onChoose(id)}
      className={clsx(
        'min-h-11 min-w-0 flex-1 rounded-sm py-2 pl-3 text-left text-sm hover:bg-ink/7',
        // Not told by weight alone: a line in front of it.
        'border-l-2 border-transparent lg:aria-[current=true]:border-signal lg:aria-[current=true]:font-medium',
      )}
    >
      <span dir="auto" className="block wrap-anywhere">
        {name}
      </span>
      {origin && <span className="block text-tiny font-normal text-soft">{origin}</span>}
    </button>
  )
}
