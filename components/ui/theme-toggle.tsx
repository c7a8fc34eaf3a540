'use client'

import { SunMoonIcon } from 'lucide-react'
import { IconButton } from './icon-button.tsx'
import { themeKey } from './theme-script.tsx'

/** Switches between dark and light and remembers it where storage allows. */
export function ThemeToggle() {
  return (
    <IconButton label="Switch between dark and light" onClick={toggleTheme}>
      <SunMoonIcon />
    </IconButton>
  )
}

function toggleTheme() {
  const root = document.documentElement
  const theme = isDark(root) ? 'light' : 'dark'
  root.dataset.theme = theme
  try {
    localStorage.setItem(themeKey, theme)
  } catch {
    // Blocked storage: the choice holds until the page is left.
  }
}

function isDark({ dataset }: HTMLElement) {
  if (dataset.theme) return dataset.theme === 'dark'
  return matchMedia('(prefers-color-scheme: dark)').matches
}
