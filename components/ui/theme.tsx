import { SunMoonIcon } from 'lucide-react'
import { IconButton } from './button.tsx'

/** The storage key of the chosen theme; without it the system's theme applies. */
const themeKey = 'theme'

const script = `try{var t=localStorage.getItem('${themeKey}');if(t==='light'||t==='dark')document.documentElement.dataset.theme=t}catch{}`

/** Sets the remembered theme before the first paint, so that nothing flashes. */
export function ThemeScript({ nonce }: { nonce: string | undefined }) {
  // Browsers hide the nonce from the page, so React finds another one than it was given.
  return (
    <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: script }} />
  )
}

/** Follows the theme that is chosen in another tab, also one that is there again after Back. */
export function followTheme() {
  const look = ({ key }: StorageEvent) => {
    if (key === themeKey || key === null) applyTheme()
  }
  const lookAgain = ({ persisted }: PageTransitionEvent) => {
    if (persisted) applyTheme()
  }
  addEventListener('storage', look)
  addEventListener('pageshow', lookAgain)
  return () => {
    removeEventListener('storage', look)
    removeEventListener('pageshow', lookAgain)
  }
}

/** Without a choice the system's theme applies, as it changes. */
function applyTheme() {
  const { dataset } = document.documentElement
  try {
    const theme = localStorage.getItem(themeKey)
    if (theme === 'light' || theme === 'dark') dataset.theme = theme
    else delete dataset.theme
  } catch {
    // Blocked storage: the choice of this page holds.
  }
}

/** The button that does so. */
export function ThemeToggle({ label, className }: { label: string; className?: string }) {
  return (
    <IconButton label={label} className={className} onClick={toggleTheme}>
      <SunMoonIcon />
    </IconButton>
  )
}

/** Switches between dark and light and remembers it where storage allows. */
export function toggleTheme() {
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
