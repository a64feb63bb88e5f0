// The log as Go's checksum database would read it: signed notes, leaf hashes, proofs and roots of a
// ledger judged by golang.org/x/mod/sumdb alone. JSON on standard input; "ok", or the first fault and 1.
package main

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Hashes are in hex here; tlog's own JSON is base64.
type hash tlog.Hash

func (h *hash) UnmarshalText(text []byte) error {
	if hex.DecodedLen(len(text)) != tlog.HashSize {
		return fmt.Errorf("%q is no hash", text)
	}
	_, err := hex.Decode(h[:], text)
	return err
}

func plain(hashes []hash) []tlog.Hash {
	out := make([]tlog.Hash, len(hashes))
	for i, h := range hashes {
		out[i] = tlog.Hash(h)
	}
	return out
}

type receipt struct {
	Events []struct {
		Position int64
		LeafHash hash
		Proof    []hash
	}
	Checkpoint string
}

type input struct {
	Vkey, Origin string
	Records      [][]byte  // in order, from genesis on: the stored bytes
	Receipts     []receipt // as `pufa submit --json --proofs` prints them
	Checkpoints  []string  // signed notes, by rising size
	Consistency  [][]hash  // from each checkpoint to the next
}

// A checkpoint's origin is the log's own, so tlog.ParseTree, which wants Go's, cannot read it. Written
// anew it must be the same text, which leaves no room for a second spelling.
func open(in input, verifier note.Verifier, signed string) (tree tlog.Tree, err error) {
	n, err := note.Open([]byte(signed), note.VerifierList(verifier))
	if err != nil {
		return tree, fmt.Errorf("note: %v", err)
	}
	var origin, root string
	fmt.Sscanf(n.Text, "%s\n%d\n%s\n", &origin, &tree.N, &root)
	tree.Hash, err = tlog.ParseHash(root)
	if err != nil || n.Text != fmt.Sprintf("%s\n%d\n%s\n", in.Origin, tree.N, tree.Hash) || tree.N > int64(len(in.Records)) {
		return tree, fmt.Errorf("checkpoint: %q", n.Text)
	}
	return tree, nil
}

func checkReceipt(in input, verifier note.Verifier, r receipt) error {
	tree, err := open(in, verifier, r.Checkpoint)
	if err != nil {
		return err
	}
	for _, e := range r.Events {
		if err := tlog.CheckRecord(plain(e.Proof), tree.N, tree.Hash, e.Position, tlog.Hash(e.LeafHash)); err != nil {
			return fmt.Errorf("inclusion of %d in %d: %v", e.Position, tree.N, err)
		}
		if tlog.RecordHash(in.Records[e.Position]) != tlog.Hash(e.LeafHash) {
			return fmt.Errorf("record %d: not what the receipt is for", e.Position)
		}
	}
	return nil
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

func checkHistory(in input, verifier note.Verifier) error {
	reader, err := store(in.Records)
	if err != nil || len(in.Consistency)+1 != len(in.Checkpoints) {
		return fmt.Errorf("history: %v; %d checkpoints, %d proofs", err, len(in.Checkpoints), len(in.Consistency))
	}
	var old tlog.Tree
	for i, signed := range in.Checkpoints {
		tree, err := open(in, verifier, signed)
		if err != nil {
			return err
		}
		if root, err := tlog.TreeHash(tree.N, reader); err != nil || root != tree.Hash {
			return fmt.Errorf("root of %d: not that of the records", tree.N)
		}
		if i > 0 && tlog.CheckTree(plain(in.Consistency[i-1]), tree.N, tree.Hash, old.N, old.Hash) != nil {
			return fmt.Errorf("consistency of %d with %d: not proved", tree.N, old.N)
		}
		old = tree
	}
	return nil
}

func check() error {
	var in input
	if err := json.NewDecoder(os.Stdin).Decode(&in); err != nil {
		return err
	}
	verifier, err := note.NewVerifier(in.Vkey)
	if err != nil {
		return err
	}
	for _, r := range in.Receipts {
		if err := checkReceipt(in, verifier, r); err != nil {
			return err
		}
	}
	return checkHistory(in, verifier)
}

func main() {
	if err := check(); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println("ok")
}
