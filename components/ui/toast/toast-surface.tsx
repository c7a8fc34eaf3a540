'use client'

import { useSay } from '#lib/messages/use-say'
import type { Sentence } from '#lib/messages/message'
import { useTranslations } from 'next-intl'
import { type CSSProperties, useEffect } from 'react'
import { toast, Toaster as Sonner } from 'sonner'
import { onToastsWaiting, takeToasts } from './show-toast.tsx'

const colors = {
  '--normal-bg': 'var(--color-raised)',
  '--normal-border': 'var(--color-hairline)',
  '--normal-text': 'var(--color-ink)',
  '--border-radius': '0.5rem',
} as CSSProperties

/** Draws the toasts below the header. */
export function ToastSurface() {
  const t = useTranslations('ui')
  useEffect(silence, [])
  useEffect(() => onToastsWaiting(drawAll), [])
  return (
    <Sonner
      position="top-right"
      offset={{ top: '4.5rem', right: '1.5rem' }}
      containerAriaLabel={t('notifications')}
      mobileOffset={{ top: '4rem' }}
      // On a phone the library makes it as wide as the screen, and then moves it.
      className="max-[600px]:max-w-[calc(100vw-2rem)]"
      style={colors}
      toastOptions={{
        className: 'font-sans! max-[600px]:w-full!',
        descriptionClassName: 'text-soft!',
      }}
    />
  )
}

function drawAll() {
  for (const { kind, title, description, durationMs, action, ...options } of takeToasts())
    toast[kind](<Words>{title}</Words>, {
      ...options,
      ...(description && { description: <Words>{description}</Words> }),
      ...(durationMs && { duration: durationMs }),
      ...(action && {
        action: { label: <Words>{action.label}</Words>, onClick: () => leaveFor(action.onClick) },
      }),
    })
}

/** The words of a toast, in the direction of their script. */
function Words({ children }: { children: Sentence }) {
  const say = useSay()
  return (
    <span dir="auto" className="block wrap-anywhere">
      {say(children)}
    </span>
  )
}

/** A closing toast returns the focus to its origin. That must happen before the action moves the focus. */
function leaveFor(act: () => void) {
  const { activeElement } = document
  if (activeElement instanceof HTMLElement) activeElement.blur()
  act()
}

/** Each page has its own polite live region that also reads failures; this second one would repeat them. */
function silence() {
  document.querySelector('section:has(> [data-sonner-toaster])')?.setAttribute('aria-live', 'off')
}
