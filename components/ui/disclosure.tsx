'use client'

import { ChevronDownIcon } from 'lucide-react'
import { useState, type ReactNode } from 'react'

interface DisclosureProps {
  label: string
  /** Keeps it open, so that an error inside is visible. */
  isForcedOpen?: boolean
  children: ReactNode
}

/** Collapses settings that few people need. */
export function Disclosure({ label, isForcedOpen = false, children }: DisclosureProps) {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <details
      open={isOpen || isForcedOpen}
      onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}
      className="group border-t border-hairline"
    >
      <summary className="flex min-h-11 list-none items-center justify-between text-sm text-soft hover:text-ink [&::-webkit-details-marker]:hidden">
        <span>{label}</span>
        <ChevronDownIcon aria-hidden="true" className="size-4 group-open:rotate-180" />
      </summary>
      <div className="space-y-5 pt-1 pb-2">{children}</div>
    </details>
  )
}
