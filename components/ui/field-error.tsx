/** Says what is wrong with a field and what would be right; nothing while all is well. */
export function FieldError({ id, message }: { id: string; message?: string | undefined }) {
  if (!message) return null
  return (
    <p id={id} className="mt-1.5 text-sm text-signal-ink">
      {message}
    </p>
  )
}
