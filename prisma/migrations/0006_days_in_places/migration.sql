-- By day and place only categories as a whole are kept: brands made two thirds as many rows as there are lines, and the few
-- days outside whole months are read from the lines as fast.
DELETE FROM "sales_day_place" WHERE member_kind <> 0;
ALTER TABLE "sales_day_place" DROP CONSTRAINT "sales_day_place_member";
ALTER TABLE "sales_day_place" ADD CONSTRAINT "sales_day_place_member" CHECK (member_kind = 0 AND member_id = 0);
