// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/ProtonMail/go-crypto/openpgp"
)

// throwawayKey is a key of gpg that signs one snapshot, in a home of its own.
type throwawayKey struct{ home string }

// throwawayUser is whom the key is of.
const throwawayUser = "snapshot@example.com"

// newThrowawayKey makes a key as CONTRIBUTING says that one for releases is made. Close removes it.
func newThrowawayKey(ctx context.Context, home string) (throwawayKey, error) {
	key := throwawayKey{filepath.Join(home, "gnupg")}
	if err := os.Mkdir(key.home, 0o700); err != nil {
		return key, fmt.Errorf("create a home folder for gpg: %w", err)
	}
	_, err := key.run(ctx, "gpg", "--batch", "--passphrase", "", "--quick-generate-key", throwawayUser, "rsa3072", "sign", "never")
	return key, err
}

// settings make goreleaser sign with the key.
func (k throwawayKey) settings() []string {
	return []string{"GNUPGHOME=" + k.home, "GPG_FINGERPRINT=" + throwawayUser}
}

func (k throwawayKey) public(ctx context.Context) (openpgp.EntityList, error) {
	armored, err := k.run(ctx, "gpg", "--batch", "--armor", "--export", throwawayUser)
	if err != nil {
		return nil, err
	}
	keys, err := openpgp.ReadArmoredKeyRing(strings.NewReader(armored))
	if err != nil {
		return nil, fmt.Errorf("read the public key: %w", err)
	}
	return keys, nil
}

// Close ends the agent that gpg started, also after an interruption, and removes the key.
func (k throwawayKey) Close() error {
	_, err := k.run(context.Background(), "gpgconf", "--kill", "all")
	return errors.Join(err, os.RemoveAll(k.home))
}

func (k throwawayKey) run(ctx context.Context, name string, arguments ...string) (string, error) {
	var output, problem bytes.Buffer
	command := exec.CommandContext(ctx, name, arguments...)
	command.Env = append(os.Environ(), "GNUPGHOME="+k.home)
	command.Stdout, command.Stderr = &output, &problem
	if err := command.Run(); err != nil {
		return "", fmt.Errorf("%s: %w: %s", name, err, problem.String())
	}
	return output.String(), nil
}
