const rows = ['a', 'b', 'c', 'd', 'e']

/** Where the figures will stand, as high as they will be. */
export function RecordSkeleton() {
  return (
    <div>
      <p className="sr-only">Loading</p>
      <div className="mb-8 flex h-15 items-start gap-12">
        {['a', 'b', 'c'].map((key) => (
          <span key={key} className="unexposed block h-9 w-20 rounded-sm" />
        ))}
      </div>
      <div className="h-7 border-b border-hairline max-lg:hidden" />
      {rows.map((key) => (
        <div
          key={key}
          className="flex h-56 items-center gap-8 border-b border-hairline max-lg:first-of-type:border-t sm:h-38 lg:h-16"
        >
          <span className="unexposed block h-5 w-32 rounded-sm" />
          <span className="unexposed block h-5 flex-1 rounded-sm" />
        </div>
      ))}
    </div>
  )
}
