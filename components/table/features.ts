import {
  columnFilteringFeature, columnGroupingFeature, columnSizingFeature, columnVisibilityFeature, createExpandedRowModel, createFilteredRowModel, createGroupedRowModel, createSortedRowModel,
  metaHelper, rowAggregationFeature, rowExpandingFeature, rowSelectionFeature, rowSortingFeature, tableFeatures,
} from '@tanstack/react-table'

export interface ColumnMeta {
  /** Figures stand at the right. */
  readonly figure?: boolean
  /** Said on hover of the column's head. */
  readonly hint?: string
  /** Shown in the choice of columns. */
  readonly name?: string
}

/** What our tables can do. */
export const FEATURES = tableFeatures({
  columnFilteringFeature,
  filteredRowModel: createFilteredRowModel(),
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  columnGroupingFeature,
  groupedRowModel: createGroupedRowModel(),
  rowAggregationFeature,
  rowExpandingFeature,
  expandedRowModel: createExpandedRowModel(),
  rowSelectionFeature,
  columnVisibilityFeature,
  columnSizingFeature,
  columnMeta: metaHelper<ColumnMeta>(),
})
export type Features = typeof FEATURES
