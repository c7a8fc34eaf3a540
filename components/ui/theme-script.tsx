/** The key under which the chosen theme is remembered; absent means: as the system does. */
export const themeKey = 'theme'

const script = `try{var t=localStorage.getItem('${themeKey}');if(t==='light'||t==='dark')document.documentElement.dataset.theme=t}catch{}`

/** Sets the remembered theme before the first paint, so that nothing flashes. */
export function ThemeScript() {
  return <script dangerouslySetInnerHTML={{ __html: script }} />
}
