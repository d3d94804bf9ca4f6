-- Foreign keys of lines and baskets were checked row by row, and took longer than writing the rows. Publishing checks the
-- members of an import at once, and the verification of rollups looks for orphans among all lines.
ALTER TABLE "sale_line" DROP CONSTRAINT "sale_line_workspace_id_import_id_fkey";
ALTER TABLE "sale_line" DROP CONSTRAINT "sale_line_workspace_id_product_id_fkey";
ALTER TABLE "basket" DROP CONSTRAINT "basket_workspace_id_import_id_fkey";

-- No query reads by them: reverting compares whole sets.
DROP INDEX "sale_line_workspace_id_shopper_no_date_idx";
DROP INDEX "sale_line_workspace_id_basket_id_idx";
DROP INDEX "basket_workspace_id_import_id_idx";
