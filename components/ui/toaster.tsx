'use client'

import { useEffect, type CSSProperties } from 'react'
import { Toaster as Sonner } from 'sonner'

const label = 'Notifications'

const colors = {
  '--normal-bg': 'var(--color-raised)',
  '--normal-border': 'var(--color-hairline)',
  '--normal-text': 'var(--color-ink)',
  '--border-radius': '0.5rem',
} as CSSProperties

/** Where toasts appear: in the corner, or above the docked composer on a phone. */
export function Toaster() {
  useEffect(silence, [])
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

/** A page has one polite live region of its own, which reads failures too; this second one would repeat it. */
function silence() {
  document.querySelector(`section[aria-label^="${label}"]`)?.setAttribute('aria-live', 'off')
}
