'use client'

import { useEffect, type CSSProperties } from 'react'
import { Toaster as Sonner, toast } from 'sonner'
import { onToastsWaiting, takeToasts } from './show-toast.tsx'

const label = 'Notifications'

const colors = {
  '--normal-bg': 'var(--color-raised)',
  '--normal-border': 'var(--color-hairline)',
  '--normal-text': 'var(--color-ink)',
  '--border-radius': '0.5rem',
} as CSSProperties

/** Draws the toasts: in the corner, or above the docked composer on a phone. */
export function ToastSurface() {
  useEffect(silence, [])
  useEffect(() => onToastsWaiting(drawAll), [])
  return (
    <Sonner
      position="bottom-right"
      containerAriaLabel={label}
      mobileOffset={{ bottom: 'calc(var(--dock-height) + 1rem)' }}
      style={colors}
      toastOptions={{ className: 'font-sans!', descriptionClassName: 'text-soft!' }}
    />
  )
}

function drawAll() {
  for (const { kind, title, ...options } of takeToasts()) toast[kind](title, options)
}

/** A page has one polite live region of its own, which reads failures too; this second one would repeat it. */
function silence() {
  document.querySelector(`section[aria-label^="${label}"]`)?.setAttribute('aria-live', 'off')
}
