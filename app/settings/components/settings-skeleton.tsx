const sections = ['a', 'b', 'c', 'd', 'e']

/** Where the providers will stand. */
export function SettingsSkeleton() {
  return (
    <div>
      <p className="sr-only">Loading</p>
      {sections.map((key) => (
        <div
          key={key}
          className="grid min-h-96 content-start gap-6 border-t border-hairline py-8 lg:grid-cols-[15rem_1fr] lg:min-h-72"
        >
          <span className="unexposed block h-7 w-32 rounded-sm" />
          <span className="unexposed block h-40 rounded-sm" />
        </div>
      ))}
    </div>
  )
}
