// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"fmt"
	"os"
	"slices"

	"github.com/ProtonMail/go-crypto/openpgp"
	"github.com/ProtonMail/go-crypto/openpgp/packet"
)

// readKeys reads a file with public keys as `gpg --armor --export` writes it.
func readKeys(path string) (openpgp.EntityList, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read the public key: %w", err)
	}
	defer func() { _ = file.Close() }()
	keys, err := openpgp.ReadArmoredKeyRing(file)
	if err != nil {
		return nil, fmt.Errorf("read the public key %s, which has to be as `gpg --armor --export` writes it: %w", path, err)
	}
	if len(keys) == 0 {
		return nil, fmt.Errorf("read the public key %s: there is none in it", path)
	}
	return keys, nil
}

// checkSignature does what Terraform does during `init`, with the library that it uses. The
// Terraform registry takes RSA and DSA, and the bare packet.
func (r release) checkSignature() error {
	signature, err := os.ReadFile(r.path(r.signature()))
	if err != nil {
		return err
	}
	if bytes.HasPrefix(signature, []byte("-----BEGIN")) {
		return fmt.Errorf("is armored, and has to be binary: gpg --detach-sign without --armor")
	}
	read, err := packet.Read(bytes.NewReader(signature))
	if err != nil {
		return fmt.Errorf("is no signature: %w", err)
	}
	parsed, ok := read.(*packet.Signature)
	if !ok {
		return fmt.Errorf("is no signature, but another packet: %T", read)
	}
	if !slices.Contains([]packet.PublicKeyAlgorithm{packet.PubKeyAlgoRSA, packet.PubKeyAlgoRSASignOnly, packet.PubKeyAlgoDSA}, parsed.PubKeyAlgo) {
		return fmt.Errorf("is by a key of algorithm %d: the Terraform registry takes RSA (1) and DSA (17) only", parsed.PubKeyAlgo)
	}
	sums, err := os.ReadFile(r.path(r.sums()))
	if err != nil {
		return err
	}
	if _, err := openpgp.CheckDetachedSignature(r.keys, bytes.NewReader(sums), bytes.NewReader(signature), nil); err != nil {
		return fmt.Errorf("is not that of %s by the given key: %w", r.sums(), err)
	}
	return nil
}
