import type { ReactNode } from 'react'
import { CanvasWords } from '../people/people-words.tsx'

/** The canvases, with their words. */
export default function CanvasLayout({ children }: { children: ReactNode }) {
  return <CanvasWords>{children}</CanvasWords>
}
