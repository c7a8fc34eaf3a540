import { CopyButton } from '#components/ui/copy-button'

/** A line for the `.env` file, to be copied. */
export function EnvLine({ line }: { line: string }) {
  return (
    <span className="flex min-w-0 items-center gap-1">
      <code className="min-w-0 font-mono text-sm wrap-anywhere">{line}</code>
      <CopyButton label={`Copy ${line}`} text={line} />
    </span>
  )
}
