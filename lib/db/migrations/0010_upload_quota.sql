CREATE INDEX "asset_never_used" ON "asset" USING btree ("owner_id","size_bytes") WHERE generation_id is null and used_at = created_at;
