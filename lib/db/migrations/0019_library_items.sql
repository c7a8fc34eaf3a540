CREATE TABLE "library_text" (
	"id" text PRIMARY KEY NOT NULL,
	"owner_id" text NOT NULL,
	"words" text NOT NULL,
	"parts" text NOT NULL,
	"search" "tsvector" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "zip_link" (
	"id" text PRIMARY KEY NOT NULL,
	"owner_id" text NOT NULL,
	"item_ids" text[] NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
DROP INDEX "library_item_words";
--> statement-breakpoint
DROP INDEX "library_item_parts";
--> statement-breakpoint
DROP INDEX "asset_never_used";
--> statement-breakpoint
ALTER TABLE "asset" ADD COLUMN "name" text;
--> statement-breakpoint
ALTER TABLE "asset" ADD COLUMN "is_kept" boolean DEFAULT false NOT NULL;
--> statement-breakpoint
CREATE INDEX "zip_link_created" ON "zip_link" USING btree ("created_at");
--> statement-breakpoint
CREATE INDEX "asset_kept" ON "asset" USING btree ("owner_id","size_bytes") WHERE is_kept;
--> statement-breakpoint
CREATE INDEX "asset_unmeasured" ON "asset" USING btree ("id") WHERE drawn_bytes is null;
--> statement-breakpoint
CREATE INDEX "asset_never_used" ON "asset" USING btree ("owner_id","size_bytes") WHERE generation_id is null and used_at = created_at and not is_kept;
--> statement-breakpoint
ALTER TABLE "library_item" DROP COLUMN "prompt";
--> statement-breakpoint
ALTER TABLE "library_item" DROP COLUMN "search";
--> statement-breakpoint
ALTER TABLE "library_item" ADD COLUMN "name" text DEFAULT '' NOT NULL;
--> statement-breakpoint
-- What is found, as it is searched: the same to all who write it differently (compare lib/contract/text/searchable.ts),
-- and without punctuation. Independent of the database's locale: that of our own server is C, which has no case but that
-- of ASCII. Both sides of a comparison go through it.
CREATE FUNCTION library_words(kept text) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  said text := kept;
BEGIN
  IF octet_length(said) = length(said) THEN
    said := lower(said COLLATE "C");
  ELSIF said ~ '^[\t-\r -~А-яЁё«»„“”’–—…]*$' THEN
    -- The usual letters in a third of the time, to the same result.
    said := translate(lower(said COLLATE "C"), 'АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯЁё«»„“”’–—…', 'абвгдежзийклмнопрстуфхцчшщъыьэюяее         ');
  ELSIF current_setting('server_encoding') = 'UTF8' THEN
    said := regexp_replace(normalize(said, NFKC),
      '[\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B-\u200F\u202A-\u202E\u2060-\u206F\u3164\uFE00-\uFE0F\uFEFF\uFFA0\U000E0000-\U000E0FFF\u0001-\u0008\u000E-\u001F\u007F-\u009F]',
      '', 'g');
    said := translate(lower(normalize(said, NFD) COLLATE "C"),
      'АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯЂЄЅІЈЉЊЋЏҐҒҖҘҚҜҞҠҢҤҦҨҪҬҮҰҲҴҶҸҺҼҾӀӘӠӨӔѲѴѢѦѪΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩԱԲԳԴԵԶԷԸԹԺԻԼԽԾԿՀՁՂՃՄՅՆՇՈՉՊՋՌՍՎՏՐՑՒՓՔՕՖÆÐØÞŁĐĦŊŒŦƏƐƎƁƊƗƘƝƟƤƬƲƳđħłøςيىكı',
      'абвгдежзийклмнопрстуфхцчшщъыьэюяђєѕіјљњћџґғҗҙқҝҟҡңҥҧҩҫҭүұҳҵҷҹһҽҿӏәӡөӕѳѵѣѧѫαβγδεζηθικλμνξοπρστυφχψωաբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆæðoþldhŋœŧəɛǝɓɗɨƙɲɵƥƭʋƴdhloσییکi');
    said := replace(replace(replace(said, 'и' || chr(774), 'й'), 'ß', 'ss'), 'ẞ', 'ss');
    said := normalize(regexp_replace(said,
      '[\u0300-\u036F\u0591-\u05BD\u05BF\u05C1\u05C2\u05C4\u05C5\u05C7\u0640\u064B-\u065F\u0670]', '', 'g'), NFC);
    said := regexp_replace(said, '[\u00A0-\u00A9\u00AB\u00AC\u00AE-\u00B1\u00B4\u00B6-\u00B8\u00BB\u00BF\u00D7\u00F7\u02B9-\u02DF\u055A-\u055F\u0589\u058A\u05BE\u05C0\u05C3\u05C6\u05F3\u05F4\u060C\u061B\u061F\u066A-\u066D\u06D4\u0964\u0965\u0E5A\u0E5B\u2000-\u206F\u20A0-\u20CF\u2100-\u2BFF\u2E00-\u2E7F\u3000-\u3004\u3008-\u3020\u3030\u303D\u30A0\u30FB\uA78C\uFE10-\uFE1F\uFE30-\uFE6F\uFF00-\uFF0F\uFF1A-\uFF20\uFF3B-\uFF40\uFF5B-\uFF65\uFFFC\uFFFD\U0001F000-\U0001FAFF]', ' ', 'g');
  ELSE
    -- Another encoding cannot be normalised: there, words are found as they are written.
    said := lower(said COLLATE "C");
  END IF;
  said := translate(said, E'!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~\t\n\x0b\f\r', repeat(' ', 37));
  WHILE position('  ' IN said) > 0 LOOP
    said := replace(replace(said, '    ', ' '), '  ', ' ');
  END LOOP;
  RETURN trim(said);
END
$$;
--> statement-breakpoint
-- Words in ASCII, letter for letter, for an index of trigrams: in the locale C it knows of no other letters. Different
-- words may become the same: what the index finds is compared with the words.
CREATE FUNCTION library_parts(words text) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  said text := words;
BEGIN
  IF said ~ '^[ -~]*$' THEN
    RETURN said;
  END IF;
  said := translate(said, 'абвгдежзийклмнопрстуфхцчшщъыьэюяіјєґўђћљњџαβγδεζηθικλμνξοπρστυφχψω',
    'abvgdejziyklmnoprstufhcqwx736458ijegudclnzabgdezh8iklmnxoprstufcyw');
  IF said ~ '^[ -~]*$' THEN
    RETURN said;
  END IF;
  RETURN (
    SELECT string_agg(CASE WHEN ascii(letter) < 128 THEN letter
      ELSE substr('abcdefghijklmnopqrstuvwxyz0123456789', 1 + ascii(letter) % 36, 1) END, '' ORDER BY place)
    FROM regexp_split_to_table(said, '') WITH ORDINALITY AS one (letter, place));
END
$$;
--> statement-breakpoint
-- The configuration `russian` stems words in ASCII by the English rules, and all others by its own.
CREATE FUNCTION library_search(words text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT to_tsvector('pg_catalog.simple', words) || to_tsvector('pg_catalog.russian', words)
$$;
--> statement-breakpoint
-- What an item is found by goes with it.
CREATE FUNCTION library_say(item text, owner text, said text) RETURNS void LANGUAGE sql AS $$
  INSERT INTO library_text (id, owner_id, words, parts, search)
  VALUES (item, owner, said, library_parts(said), library_search(said))
  ON CONFLICT (id) DO UPDATE SET words = excluded.words, parts = excluded.parts, search = excluded.search
$$;
--> statement-breakpoint
CREATE FUNCTION library_text_follows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE library_text SET owner_id = NEW.owner_id WHERE id = NEW.id;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER library_text_follows AFTER UPDATE ON library_item FOR EACH ROW
  WHEN (OLD.owner_id <> NEW.owner_id) EXECUTE FUNCTION library_text_follows();
--> statement-breakpoint
-- The inputs of a generation, by the part they play.
CREATE FUNCTION library_inputs(settings jsonb) RETURNS TABLE (parent_id text, role text, place int) LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT one.value, one.role, one.place FROM (
    SELECT settings -> 'inputs' ->> role AS value, role, 0 AS place
    FROM unnest(ARRAY['firstFrame', 'lastFrame', 'sourceVideo']) AS role
    UNION ALL
    SELECT listed.value, kind.role, (listed.place - 1)::int
    FROM (VALUES ('references', 'reference'), ('sources', 'source')) AS kind (field, role)
    CROSS JOIN LATERAL jsonb_array_elements_text(
      CASE WHEN jsonb_typeof(settings -> 'inputs' -> kind.field) = 'array'
        THEN settings -> 'inputs' -> kind.field ELSE '[]' END) WITH ORDINALITY AS listed (value, place)
  ) one
  WHERE jsonb_typeof(settings -> 'inputs') = 'object' AND one.value IS NOT NULL
$$;
--> statement-breakpoint
CREATE FUNCTION library_status(state text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN state IN ('completed', 'failed', 'canceled') THEN state ELSE 'open' END
$$;
--> statement-breakpoint
CREATE FUNCTION library_media(kind text, settings jsonb) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN kind <> 'edit' THEN kind
    WHEN settings -> 'edit' ->> 'operation' IN ('frame', 'animation') THEN 'image' ELSE 'video' END
$$;
--> statement-breakpoint
-- Keeps the item of a generation, and what it was made from.
CREATE FUNCTION library_of_generation() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  said text;
BEGIN
  IF TG_OP <> 'INSERT' AND (TG_OP = 'DELETE' OR NEW.deleted_at IS NOT NULL) THEN
    DELETE FROM library_item WHERE id = OLD.id;
    DELETE FROM lineage WHERE child_id = OLD.id;
  ELSIF TG_OP = 'INSERT' THEN
    IF NEW.deleted_at IS NULL THEN
      said := library_words(NEW.prompt);
      INSERT INTO library_item (id, owner_id, media, source, status, door, name, model, aspect_ratio, width, height,
        duration_seconds, created_at)
      VALUES (NEW.id, NEW.owner_id, library_media(NEW.kind, NEW.settings), NEW.kind, library_status(NEW.state),
        NEW.origin_door, left(said, 60), NEW.model, NEW.settings ->> 'aspectRatio', (NEW.settings ->> 'width')::int,
        (NEW.settings ->> 'height')::int, nullif((NEW.settings ->> 'duration')::float8, 0), NEW.created_at)
      ON CONFLICT DO NOTHING;
      PERFORM library_say(NEW.id, NEW.owner_id, said);
      INSERT INTO lineage (child_id, parent_id, role, place)
      SELECT NEW.id, parent_id, role, place FROM library_inputs(NEW.settings) ON CONFLICT DO NOTHING;
    END IF;
  ELSE
    UPDATE library_item SET owner_id = NEW.owner_id, status = library_status(NEW.state)
    WHERE id = NEW.id AND (owner_id, status) IS DISTINCT FROM (NEW.owner_id, library_status(NEW.state));
  END IF;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER library_of_generation_made AFTER INSERT OR DELETE ON generation FOR EACH ROW EXECUTE FUNCTION library_of_generation();
--> statement-breakpoint
CREATE TRIGGER library_of_generation_changed AFTER UPDATE ON generation FOR EACH ROW
  WHEN (OLD.owner_id <> NEW.owner_id OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at OR OLD.state <> NEW.state)
  EXECUTE FUNCTION library_of_generation();
--> statement-breakpoint
-- What a generation's objects weigh together, or the item of an upload.
CREATE FUNCTION library_of_asset() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  one asset%ROWTYPE;
  said text;
BEGIN
  IF TG_OP = 'DELETE' THEN one := OLD; ELSE one := NEW; END IF;
  IF one.generation_id IS NOT NULL THEN
    UPDATE library_item item SET
      size_bytes = (SELECT coalesce(sum(a.size_bytes + coalesce(a.drawn_bytes, 0)), 0) FROM asset a
        WHERE a.generation_id = one.generation_id),
      width = one.width, height = one.height, duration_seconds = coalesce(one.duration_seconds, item.duration_seconds)
    WHERE id = one.generation_id;
  ELSIF TG_OP = 'DELETE' THEN
    DELETE FROM library_item WHERE id = OLD.id;
  ELSIF TG_OP = 'INSERT' THEN
    said := library_words(coalesce(NEW.name, ''));
    INSERT INTO library_item (id, owner_id, media, source, status, name, width, height, duration_seconds, size_bytes,
      created_at)
    VALUES (NEW.id, NEW.owner_id, NEW.kind, 'upload', 'completed', left(said, 60), NEW.width, NEW.height,
      NEW.duration_seconds, NEW.size_bytes + coalesce(NEW.drawn_bytes, 0), NEW.created_at)
    ON CONFLICT DO NOTHING;
    PERFORM library_say(NEW.id, NEW.owner_id, said);
  ELSE
    said := library_words(coalesce(NEW.name, ''));
    UPDATE library_item SET owner_id = NEW.owner_id, name = left(said, 60),
      size_bytes = NEW.size_bytes + coalesce(NEW.drawn_bytes, 0)
    WHERE id = NEW.id;
    IF OLD.name IS DISTINCT FROM NEW.name THEN
      PERFORM library_say(NEW.id, NEW.owner_id, said);
    END IF;
  END IF;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER library_of_asset_made AFTER INSERT OR DELETE ON asset FOR EACH ROW EXECUTE FUNCTION library_of_asset();
--> statement-breakpoint
CREATE TRIGGER library_of_asset_changed AFTER UPDATE ON asset FOR EACH ROW
  WHEN (OLD.owner_id <> NEW.owner_id OR OLD.size_bytes <> NEW.size_bytes OR OLD.drawn_bytes IS DISTINCT FROM NEW.drawn_bytes
    OR OLD.name IS DISTINCT FROM NEW.name)
  EXECUTE FUNCTION library_of_asset();
--> statement-breakpoint
CREATE TRIGGER collection_adopted BEFORE INSERT ON collection FOR EACH ROW EXECUTE FUNCTION written_for_adopter();
--> statement-breakpoint
CREATE TRIGGER template_adopted BEFORE INSERT ON template FOR EACH ROW EXECUTE FUNCTION written_for_adopter();
--> statement-breakpoint
CREATE TRIGGER batch_adopted BEFORE INSERT ON batch FOR EACH ROW EXECUTE FUNCTION written_for_adopter();
--> statement-breakpoint
CREATE TRIGGER zip_link_adopted BEFORE INSERT ON zip_link FOR EACH ROW EXECUTE FUNCTION written_for_adopter();
--> statement-breakpoint
-- What is there already. The indexes are made once it is all in.
SET LOCAL maintenance_work_mem = '256MB';
--> statement-breakpoint
CREATE TEMPORARY TABLE library_said ON COMMIT DROP AS
SELECT id, owner_id, library_words(prompt) AS words FROM generation WHERE deleted_at IS NULL;
--> statement-breakpoint
INSERT INTO library_said
SELECT id, owner_id, '' FROM asset WHERE generation_id IS NULL;
--> statement-breakpoint
INSERT INTO library_item (id, owner_id, media, source, status, door, name, model, aspect_ratio, width, height,
  duration_seconds, size_bytes, created_at)
SELECT g.id, g.owner_id, library_media(g.kind, g.settings), g.kind, library_status(g.state), g.origin_door,
  left(said.words, 60), g.model, g.settings ->> 'aspectRatio', coalesce(a.width, (g.settings ->> 'width')::int),
  coalesce(a.height, (g.settings ->> 'height')::int),
  coalesce(a.duration_seconds, nullif((g.settings ->> 'duration')::float8, 0)),
  coalesce(a.size_bytes + coalesce(a.drawn_bytes, 0), 0), g.created_at
FROM library_said said JOIN generation g ON g.id = said.id LEFT JOIN asset a ON a.id = g.asset_id
ON CONFLICT DO NOTHING;
--> statement-breakpoint
INSERT INTO library_item (id, owner_id, media, source, status, width, height, duration_seconds, size_bytes, created_at)
SELECT id, owner_id, kind, 'upload', 'completed', width, height, duration_seconds,
  size_bytes + coalesce(drawn_bytes, 0), created_at
FROM asset WHERE generation_id IS NULL
ON CONFLICT DO NOTHING;
--> statement-breakpoint
INSERT INTO library_text (id, owner_id, words, parts, search)
SELECT id, owner_id, words, library_parts(words), library_search(words) FROM library_said;
--> statement-breakpoint
INSERT INTO lineage (child_id, parent_id, role, place)
SELECT g.id, made.parent_id, made.role, made.place
FROM generation g CROSS JOIN LATERAL library_inputs(g.settings) made
WHERE g.deleted_at IS NULL AND jsonb_typeof(g.settings -> 'inputs') = 'object'
ON CONFLICT DO NOTHING;
--> statement-breakpoint
ALTER TABLE "library_text" ADD CONSTRAINT "library_text_id_library_item_id_fk" FOREIGN KEY ("id") REFERENCES "public"."library_item"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "library_text_owner" ON "library_text" USING btree ("owner_id");
--> statement-breakpoint
CREATE INDEX "library_text_words" ON "library_text" USING gin ("search");
--> statement-breakpoint
CREATE INDEX "library_text_parts" ON "library_text" USING gin (parts gin_trgm_ops);
--> statement-breakpoint
CREATE INDEX "library_item_longest" ON "library_item" USING btree ("owner_id",coalesce(duration_seconds, -1) desc,"id" DESC NULLS FIRST) WHERE trashed_at is null;
--> statement-breakpoint
CREATE INDEX "library_item_largest" ON "library_item" USING btree ("owner_id","size_bytes" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE trashed_at is null;
--> statement-breakpoint
CREATE INDEX "library_item_name" ON "library_item" USING btree ("owner_id",name collate "C","id") WHERE trashed_at is null;
