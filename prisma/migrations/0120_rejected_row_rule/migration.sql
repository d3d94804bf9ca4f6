-- Rejected rows are listed by what is wrong with them: equal faults together, whatever their sentences say of one row.
ALTER TABLE "rejected_row" ADD COLUMN "rule" TEXT;
UPDATE "rejected_row" SET "rule" = CASE
    WHEN reason LIKE 'The row has % fields, the header %' THEN 'The row has not as many fields as the header'
    WHEN reason LIKE 'The same as row %' THEN 'The same as an earlier row'
    ELSE 'Described already by an earlier row' END
  WHERE reason LIKE 'The row has % fields, the header %' OR reason LIKE 'The same as row %'
     OR reason LIKE 'This % is described already by row %, which counts';
