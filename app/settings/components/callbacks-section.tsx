import { EnvLine } from './env-line.tsx'

/** Whether providers can knock here when a video is done, and which variable decides about it. */
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
          <p>Providers that can knock do so when a video is done. All are asked all the same.</p>
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
