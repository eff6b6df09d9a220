'use client'
import { HARDER, PAPER, type Example } from './examples'

/** Queries to begin with. */
export function ExamplesPanel({ onAsk }: { onAsk: (text: string) => void }) {
  return (
    <div className="space-y-4">
      <Group title="The paper's" examples={PAPER} onAsk={onAsk} note="Told from now; choose “now is the log's end” for a log of another day." />
      <Group title="Harder ones" examples={HARDER} onAsk={onAsk} />
    </div>
  )
}

function Group({ title, examples, onAsk, note }: { title: string; examples: readonly Example[]; onAsk: (text: string) => void; note?: string }) {
  return (
    <section aria-label={title}>
      <h3 className="mb-1 text-12 font-medium text-dim">{title}</h3>
      {note ? <p className="mb-1 text-12 text-dim">{note}</p> : null}
      <ul className="space-y-1">
        {examples.map((example) => (
          <li key={example.text}>
            <button type="button" className="w-full rounded-md border border-line px-2 py-1.5 text-left hover:bg-hover" onClick={() => onAsk(example.text)}>
              <span className="block">{example.title}</span>
              <code className="block font-mono text-12 break-words text-dim">{example.text}</code>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
