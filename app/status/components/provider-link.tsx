import Link from 'next/link'

/** A provider's name, and the way to its settings. */
export function ProviderLink({ id, label }: { id: string; label: string }) {
  return (
    <Link
      href={`/settings#provider-${id}`}
      prefetch={false}
      className="underline decoration-transparent underline-offset-4 hover:decoration-signal"
    >
      {label}
    </Link>
  )
}
