-- What a reconstruction kept of each line for those who label: rules met, uncertainty, further likely labels.
ALTER TABLE "reconstructed_lines" ADD COLUMN "evidence" JSONB;
