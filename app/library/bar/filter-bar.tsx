'use client'

import { clsx } from 'clsx'
import { useTranslations } from 'next-intl'
import { useId, useState } from 'react'
import { Button } from '#components/ui/button'
import { Select } from '#components/ui/form/select'
import { TextInput } from '#components/ui/form/text-field'
import { useModels } from '#lib/ai/api/reads/use-models'
import { doors } from '#lib/contract/generation'
import { librarySorts } from '#lib/contract/library/filters'
import { itemStatuses } from '#lib/contract/library/library'
import { imageRatios } from '#lib/contract/model-view'
import { type LibraryAddress, barFilters, filterCount, libraryKinds } from '../address.ts'
import type { useAddress } from '../hooks/use-address.ts'

type FilterBarProps = Pick<ReturnType<typeof useAddress>, 'address' | 'change'>

/** What is looked for besides words. A phone unfolds it. */
export function FilterBar({ address, change }: FilterBarProps) {
  const t = useTranslations('library.filter')
  const id = useId()
  const [isOpen, setIsOpen] = useState(false)
  const count = filterCount(address)
  const clear = () => change(Object.fromEntries(barFilters.map((name) => [name, undefined])))
  return (
    <>
      <Button
        className="lg:hidden"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setIsOpen(!isOpen)}
      >
        {t('title', { count })}
      </Button>
      <div
        id={id}
        className={clsx(
          'order-last w-full grid-cols-2 items-end gap-2 sm:grid-cols-4 lg:grid 2xl:grid-cols-8',
          isOpen ? 'grid' : 'hidden',
        )}
      >
        <Filters address={address} change={change} />
        {count > 0 && (
          <Button variant="quiet" className="col-span-full justify-self-start" onClick={clear}>
            {t('clear')}
          </Button>
        )}
      </div>
    </>
  )
}

function Filters({ address, change }: FilterBarProps) {
  const t = useTranslations('library')
  const choices = <Name extends keyof LibraryAddress>(name: Name) => ({
    name,
    value: String(address[name] ?? ''),
    onChoose: (value: string) => change({ [name]: value || undefined }),
  })
  const among = <Value extends string>(
    values: readonly Value[],
    nameOf: (value: Value) => string,
  ) => values.map((value) => ({ value, label: nameOf(value) }))
  const formatName = (ratio: string) => (ratio === 'custom' ? t('filter.customFormat') : ratio)
  return (
    <>
      <FilterSelect label={t('filter.kind')} any={t('filter.any_kind')} {...choices('kind')}>
        {among(libraryKinds, (kind) => t(`kind.${kind}`))}
      </FilterSelect>
      <ModelFilter {...choices('model')} />
      <FilterSelect label={t('filter.format')} any={t('filter.any_format')} {...choices('format')}>
        {among(imageRatios, formatName)}
      </FilterSelect>
      <FilterSelect label={t('filter.status')} any={t('filter.any_status')} {...choices('status')}>
        {among(itemStatuses, (status) => t(`status.${status}`))}
      </FilterSelect>
      <FilterSelect label={t('filter.door')} any={t('filter.any_door')} {...choices('door')}>
        {among(doors, (door) => t(`door.${door}`))}
      </FilterSelect>
      <DayField label={t('filter.from')} {...choices('from')} max={address.to} />
      <DayField label={t('filter.to')} {...choices('to')} min={address.from} />
      <FilterSelect label={t('filter.sort')} {...choices('sort')} value={address.sort ?? 'newest'}>
        {among(librarySorts, (sort) => t(`sort.${sort}`))}
      </FilterSelect>
    </>
  )
}

/** The models there are, and the one of the address where it is none of them any more. */
function ModelFilter(choices: Omit<FilterSelectProps, 'label' | 'any' | 'children'>) {
  const t = useTranslations('library.filter')
  const { models: videos } = useModels()
  const { models: images } = useModels('image')
  const labels = new Map([...videos, ...images].map(({ id, label }) => [id, label]))
  const chosen = choices.value
  const models = [...labels].map(([value, label]) => ({ value, label }))
  const isGone = chosen && !labels.has(chosen)
  return (
    <FilterSelect label={t('model')} any={t('any_model')} {...choices}>
      {isGone ? [{ value: chosen, label: chosen }, ...models] : models}
    </FilterSelect>
  )
}

interface Option {
  value: string
  label: string
}

interface FilterSelectProps {
  label: string
  name: string
  /** The option of none. */
  any?: string
  value: string
  onChoose: (value: string) => void
  children: Option[]
}

function FilterSelect({ label, name, any, value, onChoose, children }: FilterSelectProps) {
  return (
    <label className="min-w-0 text-tiny text-soft">
      <span className="mb-1 block truncate">{label}</span>
      <Select name={name} value={value} onChange={({ target }) => onChoose(target.value)}>
        {any && <option value="">{any}</option>}
        {children.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </Select>
    </label>
  )
}

interface DayFieldProps extends Omit<FilterSelectProps, 'children' | 'any'> {
  min?: string | undefined
  max?: string | undefined
}

function DayField({ label, name, value, onChoose, min, max }: DayFieldProps) {
  return (
    <label className="min-w-0 text-tiny text-soft">
      <span className="mb-1 block truncate">{label}</span>
      <TextInput
        type="date"
        name={name}
        value={value}
        min={min}
        max={max}
        className="min-w-0"
        onChange={({ target }) => onChoose(target.value)}
      />
    </label>
  )
}
