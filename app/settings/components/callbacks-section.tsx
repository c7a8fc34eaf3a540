import { EnvLine } from './provider-variables.tsx'

/** Whether webhooks of providers reach this installation, and which variable turns them on. */
export function CallbacksSection({ reason }: { reason: string | null }) {
  return (
    <section
      aria-labelledby="callbacks-heading"
      className="mt-8 grid gap-x-12 gap-y-6 border-t border-hairline py-8 lg:grid-cols-[15rem_1fr]"
    >
      <h2 id="callbacks-heading" className="text-lg font-semibold tracking-tight">
        Callbacks
      </h2>
      <div className="max-w-2xl text-sm">
        {reason === null ? (
          <p>Callbacks are on for providers that support them. We also poll every provider.</p>
        ) : (
          <>
            <p>{reason}</p>
            <p className="mt-1 mb-2 text-soft">
              Every video arrives this way too, a few seconds later. To be told at once by the
              providers that can, give the https address at which the internet reaches this
              installation:
            </p>
            <EnvLine line="PUBLIC_URL=https://" />
          </>
        )}
      </div>
    </section>
  )
}
