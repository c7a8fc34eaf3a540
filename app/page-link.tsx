'use client'

import { useRouter } from 'next/navigation'
import type { MouseEvent, ReactNode } from 'react'
import { leaveTo } from '#components/ui/overlay/back-closes.ts'
import { withBasePath } from '#lib/contract/calls/base-path'

interface PageLinkProps {
  /** Within the studio, without the base path. */
  href: string
  className?: string
  title?: string
  /** Whether it leads to the page that is open. */
  isCurrent?: boolean
  children: ReactNode
}

/** Goes to another page without loading this one again, and closes what is open. Next's own link would weigh 3 KB on the first load. */
export function PageLink({ href, className, title, isCurrent, children }: PageLinkProps) {
  const router = useRouter()
  const go = (event: MouseEvent) => {
    if (!isPlainClick(event)) return
    event.preventDefault()
    leaveTo(href, router)
  }
  return (
    <a
      href={withBasePath(href)}
      aria-current={isCurrent ? 'page' : undefined}
      className={className}
      title={title}
      onClick={go}
    >
      {children}
    </a>
  )
}

/** Any other click opens a tab or a window, saves, or is the browser's own. */
export function isPlainClick({ button, metaKey, ctrlKey, shiftKey, altKey }: MouseEvent) {
  return button === 0 && !metaKey && !ctrlKey && !shiftKey && !altKey
}
