'use client'
import { Download, FlaskConical, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { saveFile } from '@/components/charts/save-file'
import { formatBytes, formatCount } from '@/components/format/number'
import { MEASURES } from '@/components/runs/measures'
import { Button, ButtonLink } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { Pairs, Section } from '@/components/ui/page'
import { showToast } from '@/components/ui/toast'
import { forgetBrowserModel } from './browser-models'
import type { TrainedFiles } from './train-protocol'

const FIGURES = ['lineAccuracy', 'lineMacroF1', 'lineWeightedF1', 'linePartsF1', 'windowPartsF1', 'calibrationError', 'parameters', 'bestEpoch']

/** What the new model is worth, and what can be done with it. */
export function TrainResult({ files, kept }: { files: TrainedFiles; kept: boolean }) {
  const [forgotten, setForgotten] = useState<TrainedFiles | null>(null)
  const gone = forgotten === files
  const measures = MEASURES.filter((measure) => FIGURES.includes(measure.id) && files.metrics[measure.id] !== undefined)
  const forget = async (): Promise<void> => {
    await forgetBrowserModel(files.name)
    setForgotten(files)
    showToast(`${files.name} is forgotten in this browser.`)
  }
  return (
    <Section title={`Result: ${files.name}`}>
      <div className="rounded-md border border-line p-4">
        <p className="mb-3 max-w-[90ch]">
          Blocked protocol: learnt from {formatCount(files.trainLines)} lines, scored on the last {formatCount(files.testLines)}, which it has not seen. The paper’s protocol, whose test lines also stand in training windows, gives higher figures and is not run here.
        </p>
        <Pairs items={measures.map((measure) => [<span key={measure.id} title={measure.hint}>{measure.label}</span>, <b key="v" className="font-semibold">{measure.format(files.metrics[measure.id] ?? Number.NaN)}</b>] as const)} />
        <div className="mt-4 flex flex-wrap items-center gap-2">
          {gone ? null : <ButtonLink href={`/playground?model=${encodeURIComponent(`here:${files.name}`)}`} tone="primary"><FlaskConical aria-hidden />Use it in the playground</ButtonLink>}
          <Button onClick={() => saveFile(`${files.name}.zip`, new Blob([files.zip], { type: 'application/zip' }))}><Download aria-hidden />Download the model folder <span className="font-normal text-dim">{formatBytes(files.zip.byteLength)}</span></Button>
          {gone ? null : <Button tone="quiet" onClick={() => void forget()}><Trash2 aria-hidden />Forget it</Button>}
        </div>
      </div>
      {gone ? null : <Notice className="mt-3">{kept ? 'The model is kept in this browser, with the words of the log that it learnt, until you forget it.' : 'This browser keeps nothing: the model lasts as long as this page. Download it to keep it.'} The zip is a model folder: unpack it, and <code className="font-mono text-12">npx auditweave reconstruct LOG --model {files.name}</code> uses it.</Notice>}
    </Section>
  )
}
