// An export as a Go client of C2SP tlog-tiles would read it, by golang.org/x/mod/sumdb alone: every entry
// bundle, every tile of every level, the root, proofs of records, and consistency with earlier checkpoints.
// Words: the log's vkey, the export's folder, files of earlier checkpoints. "ok", or the first fault and 1.
package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const height = 8

// Go's own path has the height in it, and "data" for entries.
func path(t tlog.Tile) string {
	p := strings.TrimPrefix(t.Path(), fmt.Sprintf("tile/%d/", height))
	return "tile/" + strings.Replace(p, "data/", "entries/", 1)
}

// The folder as tlog's reader of tiles: what it reads there it proves against the tree.
type folder string

func (d folder) Height() int                                { return height }
func (d folder) SaveTiles(tiles []tlog.Tile, data [][]byte) {}
func (d folder) ReadTiles(tiles []tlog.Tile) (out [][]byte, err error) {
	for _, t := range tiles {
		data, err := os.ReadFile(filepath.Join(string(d), path(t)))
		if err != nil {
			return nil, err
		}
		out = append(out, data)
	}
	return out, nil
}

func open(verifier note.Verifier, file string) (tree tlog.Tree, err error) {
	signed, err := os.ReadFile(file)
	if err != nil {
		return tree, err
	}
	n, err := note.Open(signed, note.VerifierList(verifier))
	if err != nil {
		return tree, fmt.Errorf("note: %v", err)
	}
	var origin, root string
	fmt.Sscanf(n.Text, "%s\n%d\n%s\n", &origin, &tree.N, &root)
	tree.Hash, err = tlog.ParseHash(root)
	if err != nil || n.Text != fmt.Sprintf("%s\n%d\n%s\n", verifier.Name(), tree.N, tree.Hash) {
		return tree, fmt.Errorf("checkpoint: %q", n.Text)
	}
	return tree, nil
}

// The records of all bundles, in order.
func records(d folder, size int64, expected map[string]bool) (out [][]byte, err error) {
	for first := int64(0); first < size; first += 1 << height {
		width := min(size-first, 1<<height)
		t := tlog.Tile{H: height, L: -1, N: first >> height, W: int(width)}
		expected[path(t)] = true
		rest, err := os.ReadFile(filepath.Join(string(d), path(t)))
		if err != nil {
			return nil, err
		}
		for i := int64(0); i < width; i++ {
			if len(rest) < 2 || len(rest) < 2+int(binary.BigEndian.Uint16(rest)) {
				return nil, fmt.Errorf("bundle: %s is cut off", path(t))
			}
			n := 2 + int(binary.BigEndian.Uint16(rest))
			out = append(out, rest[2:n])
			rest = rest[n:]
		}
		if len(rest) != 0 {
			return nil, fmt.Errorf("bundle: %s has bytes left over", path(t))
		}
	}
	return out, nil
}

func min(a, b int64) int64 {
	if a < b {
		return a
	}
	return b
}

// The records hashed anew, in tlog's own order of stored hashes.
func store(records [][]byte) (tlog.HashReader, error) {
	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) (out []tlog.Hash, err error) {
		for _, i := range indexes {
			out = append(out, stored[i])
		}
		return out, nil
	})
	for i, record := range records {
		more, err := tlog.StoredHashes(int64(i), record, reader)
		if err != nil {
			return nil, err
		}
		stored = append(stored, more...)
	}
	return reader, nil
}

func checkTiles(d folder, size int64, own tlog.HashReader, expected map[string]bool) error {
	for _, t := range tlog.NewTiles(height, 0, size) {
		if t.W != 1<<height && int64(t.W) != size>>(height*t.L)%(1<<height) {
			continue // a width that the tile had on the way to this size
		}
		want, err := tlog.ReadTileData(t, own)
		if err != nil {
			return err
		}
		expected[path(t)] = true
		have, err := os.ReadFile(filepath.Join(string(d), path(t)))
		if err != nil || !bytes.Equal(have, want) {
			return fmt.Errorf("tile: %s: not that of the records: %v", path(t), err)
		}
	}
	return nil
}

func checkNothingElse(d folder, expected map[string]bool) error {
	return filepath.WalkDir(string(d), func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		if p, _ = filepath.Rel(string(d), p); !expected[p] {
			return fmt.Errorf("file: %s is not of this tree", p)
		}
		return nil
	})
}

func checkRecords(d folder, tree tlog.Tree, records [][]byte) error {
	reader := tlog.TileHashReader(tree, d)
	for i := int64(0); i < tree.N; i += 97 {
		proof, err := tlog.ProveRecord(tree.N, i, reader)
		if err != nil {
			return err
		}
		if err := tlog.CheckRecord(proof, tree.N, tree.Hash, i, tlog.RecordHash(records[i])); err != nil {
			return fmt.Errorf("inclusion of %d: %v", i, err)
		}
	}
	return nil
}

func checkEarlier(d folder, tree, old tlog.Tree) error {
	proof, err := tlog.ProveTree(tree.N, old.N, tlog.TileHashReader(tree, d))
	if err != nil {
		return err
	}
	if err := tlog.CheckTree(proof, tree.N, tree.Hash, old.N, old.Hash); err != nil {
		return fmt.Errorf("consistency of %d with %d: %v", tree.N, old.N, err)
	}
	return nil
}

func check(vkey string, d folder, earlier []string) error {
	verifier, err := note.NewVerifier(vkey)
	if err != nil {
		return err
	}
	tree, err := open(verifier, filepath.Join(string(d), "checkpoint"))
	if err != nil {
		return err
	}
	expected := map[string]bool{"checkpoint": true}
	all, err := records(d, tree.N, expected)
	if err != nil {
		return err
	}
	own, err := store(all)
	if err != nil {
		return err
	}
	if root, err := tlog.TreeHash(tree.N, own); err != nil || root != tree.Hash {
		return fmt.Errorf("root of %d: not that of the records", tree.N)
	}
	if err := checkTiles(d, tree.N, own, expected); err != nil {
		return err
	}
	if err := checkRecords(d, tree, all); err != nil {
		return err
	}
	for _, file := range earlier {
		old, err := open(verifier, file)
		if err == nil {
			err = checkEarlier(d, tree, old)
		}
		if err != nil {
			return err
		}
	}
	return checkNothingElse(d, expected)
}

func main() {
	if err := check(os.Args[1], folder(os.Args[2]), os.Args[3:]); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println("ok")
}
