/** Where keys are set, and where they are not. */
export function SettingsIntroduction() {
  return (
    <div className="mb-10 max-w-3xl">
      <h2 className="text-2xl font-semibold tracking-tight">Providers</h2>
      <p className="mt-2 text-pretty text-soft">
        Keys are set in the environment of the server, never in the browser: write them into the
        file <code className="font-mono text-sm text-ink">.env</code> beside the installation, or
        wherever its variables are kept, and start it again. This page knows which of them are set,
        and not one of their values.
      </p>
    </div>
  )
}
