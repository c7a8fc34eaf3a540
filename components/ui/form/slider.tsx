import type { ComponentProps } from 'react'

interface SliderProps extends Omit<ComponentProps<'input'>, 'min' | 'max' | 'step'> {
  /** The values it can take, at equal distances. */
  steps: number[]
}

/** A ruler with a tick for every step; drag, click, type arrows. */
export function Slider({ steps, ...rest }: SliderProps) {
  return (
    <div className="relative forced-color-adjust-none">
      <span aria-hidden="true" className="absolute inset-x-3 inset-y-0 flex items-center">
        <span className="flex h-5 w-full items-end justify-between">
          {steps.map((value) => (
            <span key={value} className="h-2 w-px bg-edge first:h-full last:h-full" />
          ))}
        </span>
      </span>
      <input
        {...rest}
        type="range"
        min={steps[0]}
        max={steps.at(-1)}
        step={steps.length > 1 ? steps[1]! - steps[0]! : 1}
        className="ruler relative block w-full"
      />
    </div>
  )
}
