'use client'

import { useRouter } from 'next/navigation'
import type { MouseEvent, ReactNode } from 'react'
import { withBasePath } from '#lib/contract/calls/base-path'

interface PageLinkProps {
  /** Within the studio, without the base path. */
  href: string
  className?: string
  /** Whether it leads to the page that is open. */
  isCurrent?: boolean
  children: ReactNode
}

/** Goes to another page without loading this one again. Next's own link would weigh 3 KB on the first load. */
export function PageLink({ href, className, isCurrent, children }: PageLinkProps) {
  const router = useRouter()
  const go = (event: MouseEvent) => {
    if (!isPlainClick(event)) return
    event.preventDefault()
    router.push(href)
  }
  return (
    <a
      href={withBasePath(href)}
      aria-current={isCurrent ? 'page' : undefined}
      className={className}
      onClick={go}
    >
      {children}
    </a>
  )
}

/** Any other click opens a tab or a window, saves, or is the browser's own. */
function isPlainClick({ button, metaKey, ctrlKey, shiftKey, altKey }: MouseEvent) {
  return button === 0 && !metaKey && !ctrlKey && !shiftKey && !altKey
}
