/** The frame of a page while it is read: heading and blocks of the sizes that follow. */
export function PageSkeleton({ blocks }: { blocks: readonly { readonly height: number; readonly wide?: boolean }[] }) {
  return (
    <div className="mx-auto w-full max-w-[88rem] px-4 pt-5 lg:px-6" role="status" aria-label="Loading">
      <div className="skeleton mb-2 h-6 w-64" />
      <div className="skeleton mb-6 h-4 w-96 max-w-full" />
      <div className="grid gap-4 xl:grid-cols-2">{blocks.map((block, index) => <div key={index} className={block.wide ? 'skeleton xl:col-span-2' : 'skeleton'} style={{ height: block.height }} />)}</div>
    </div>
  )
}
