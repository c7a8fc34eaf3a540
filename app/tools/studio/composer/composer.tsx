'use client'

import { useTranslations } from 'next-intl'
import { clsx } from 'clsx'
import {
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useEffect,
  useRef,
  useState,
} from 'react'
import { useBackCloses } from '#components/ui/overlay/back-closes.ts'
import { useMediaQuery } from '../../../hooks/use-media-query.ts'
import { usePictureDrop } from '../../../hooks/use-picture-drop.ts'
import { PromptField } from '../fields/prompt-field.tsx'
import type { ComposerForm } from '../form/use-composer-form.ts'
import type { Pictures } from '../form/pictures/use-pictures.ts'
import { ComposerBar } from './composer-bar.tsx'

interface ComposerProps {
  form: ComposerForm
  pictures: Pictures
  isFirstVisit: boolean
  onSubmit: () => Promise<void>
  /** Opens the templates. */
  onTemplates: () => void
  /** All settings but the prompt. */
  settings: ReactNode
  /** What went wrong, above the button. */
  children: ReactNode
}

/** The form: a column beside the stage, docked at the bottom of a phone with its settings folded away. */
export function Composer(props: ComposerProps) {
  const { form, pictures, isFirstVisit, onSubmit, onTemplates, settings, children } = props
  const t = useTranslations('composer')
  const dock = useRef<HTMLFormElement>(null)
  const [isUnfolded, setIsUnfolded] = useState(false)
  const isOpen = isUnfolded || Object.keys(form.faults).some((name) => name !== 'prompt')
  const drop = usePictureDrop((files) => {
    pictures.add(files)
    setIsUnfolded(true)
  })
  // On a phone the settings cover the page.
  const isPhone = useMediaQuery('(width < 64rem)')
  useBackCloses(isPhone && isUnfolded, () => setIsUnfolded(false))
  useDockHeight(dock)
  return (
    <form
      ref={dock}
      noValidate
      aria-label={t('new', { kind: form.makes })}
      onSubmit={(event) => {
        event.preventDefault()
        void onSubmit().then(() => setIsUnfolded(false))
      }}
      onKeyDown={submitOnShortcut}
      {...drop.handlers}
      className={clsx(dockStyle, drop.isOver && 'outline-2 -outline-offset-4 outline-signal')}
    >
      <PromptField form={form} onTemplates={onTemplates} />
      <fieldset disabled={!form.model} className={clsx('lg:block', !isOpen && 'max-lg:hidden')}>
        <legend className="sr-only">{t('settings')}</legend>
        <div>{settings}</div>
      </fieldset>
      <ComposerBar
        form={form}
        isFirstVisit={isFirstVisit}
        isOpen={isOpen}
        onToggle={() => setIsUnfolded(!isOpen)}
      >
        {children}
      </ComposerBar>
    </form>
  )
}

/** Ctrl+Enter or Cmd+Enter, wherever in the form the focus is; not in a dialog it has opened. */
function submitOnShortcut(event: KeyboardEvent<HTMLFormElement>) {
  const { key, ctrlKey, metaKey, currentTarget, target } = event
  if (key !== 'Enter' || !(ctrlKey || metaKey)) return
  if (!currentTarget.contains(target as Node)) return
  event.preventDefault()
  currentTarget.requestSubmit()
}

const dockStyle = clsx(
  // It scrolls on its own: the padding at its end keeps the focused field clear of the bar.
  'z-30 flex scroll-pb-40 flex-col gap-4 overflow-y-auto bg-ground px-4 pt-4 lg:gap-6 lg:px-6 lg:pt-6',
  'max-lg:fixed max-lg:inset-x-0 max-lg:bottom-0 max-lg:max-h-[88dvh] max-lg:border-t max-lg:bg-raised',
  'border-hairline lg:sticky lg:top-14 lg:h-[calc(100dvh-3.5rem)] lg:border-r xl:px-8 xl:pt-8',
)

/** Publishes the height of the docked composer as `--dock-height`, so that scrolling to a focus clears it. */
function useDockHeight(dock: RefObject<HTMLElement | null>) {
  useEffect(() => {
    const element = dock.current
    if (!element) return undefined
    const root = document.documentElement
    const observer = new ResizeObserver(() => {
      const isDocked = getComputedStyle(element).position === 'fixed'
      root.style.setProperty('--dock-height', `${isDocked ? element.offsetHeight : 0}px`)
    })
    observer.observe(element)
    observer.observe(root)
    return () => {
      observer.disconnect()
      root.style.removeProperty('--dock-height')
    }
  }, [dock])
}
