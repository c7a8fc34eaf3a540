'use client'

import { type CSSProperties, useEffect } from 'react'
import { toast, Toaster as Sonner } from 'sonner'
import { onToastsWaiting, takeToasts } from './show-toast.tsx'

const label = 'Notifications'

const colors = {
  '--normal-bg': 'var(--color-raised)',
  '--normal-border': 'var(--color-hairline)',
  '--normal-text': 'var(--color-ink)',
  '--border-radius': '0.5rem',
} as CSSProperties

/** Draws the toasts: under the header, out of the way of what they speak of. */
export function ToastSurface() {
  useEffect(silence, [])
  useEffect(() => onToastsWaiting(drawAll), [])
  return (
    <Sonner
      position="top-right"
      offset={{ top: '4.5rem', right: '1.5rem' }}
      containerAriaLabel={label}
      mobileOffset={{ top: '4rem' }}
      style={colors}
      toastOptions={{ className: 'font-sans!', descriptionClassName: 'text-soft!' }}
    />
  )
}

function drawAll() {
  for (const { kind, title, durationMs, action, ...options } of takeToasts())
    toast[kind](title, {
      ...options,
      ...(durationMs && { duration: durationMs }),
      ...(action && { action: { ...action, onClick: () => leaveFor(action.onClick) } }),
    })
}

/** What leaves a toast is given back to where the focus came from: that has to be over before an action moves it on. */
function leaveFor(act: () => void) {
  const { activeElement } = document
  if (activeElement instanceof HTMLElement) activeElement.blur()
  act()
}

/** A page has one polite live region of its own, which reads failures too; this second one would repeat it. */
function silence() {
  document.querySelector(`section[aria-label^="${label}"]`)?.setAttribute('aria-live', 'off')
}
