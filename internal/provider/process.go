// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/redactserver"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// garbageCollection is Go's GOGC in percent. A plan of thousands of accounts
// makes garbage of nearly all that it allocates: collecting less often saves a
// part of its time, and 150 took more than 400 MB to update 10,000 (make bench).
const garbageCollection = 120

// PrepareProcess sets up a process that is about to serve the provider, except
// for what the environment sets. Its error names what could not be set.
func PrepareProcess() error {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(garbageCollection)
	}
	return QuietFramework()
}

// endGrace is how long the end of a process may take: a CLI kills a provider that is not gone 2 s
// after it was told to end (go-plugin, Client.Kill).
const endGrace = 1500 * time.Millisecond

// Process is a process that serves the provider. The zero value is ready for use.
type Process struct{ openTokens refold.OpenTokens }

// NewServer is NewServer for what this process serves.
func (p *Process) NewServer(version string) redactserver.Server {
	return NewServer(version, func(options *refold.Options) { options.OpenTokens = &p.openTokens })
}

// End does what is left to do when the provider is served no more: it revokes session tokens,
// since a CLI closes no ephemeral resource whose consumer failed. It takes no longer than a CLI
// waits. Its error says what could not be done.
func (p *Process) End() error {
	ctx, cancel := context.WithTimeout(context.Background(), endGrace)
	defer cancel()
	if left := p.openTokens.Revoke(ctx); left > 0 {
		return fmt.Errorf("session tokens that were to be revoked, and stay valid until they expire: %d", left)
	}
	return nil
}

// frameworkLog is the variable that terraform-plugin-framework takes its log
// level from, anew for every call from the CLI.
const frameworkLog = "TF_LOG_SDK_FRAMEWORK"

// QuietFramework keeps the framework from writing log lines that nobody reads: several for every
// value of a plan, at a cost that grows with the square of the values. The CLI drops them unless a
// TF_LOG* variable has a value; then nothing is changed.
func QuietFramework() error {
	if logsWanted(os.Environ()) {
		return nil
	}
	if err := os.Setenv(frameworkLog, "OFF"); err != nil {
		return fmt.Errorf("set %s: %w", frameworkLog, err)
	}
	return nil
}

// proxyPasswords are those within the proxies that an environment names, a list of NAME=value. An
// error of the network may quote them, with their user.
func proxyPasswords(environment []string) []string {
	var passwords []string
	for _, setting := range environment {
		name, value, _ := strings.Cut(setting, "=")
		end := strings.LastIndex(value, "@")
		if !strings.HasSuffix(strings.ToUpper(name), "_PROXY") || end < 0 {
			continue
		}
		user := value[:end]
		if start := strings.Index(user, "://"); start >= 0 {
			user = user[start+len("://"):]
		}
		_, password, _ := strings.Cut(user, ":")
		passwords = append(passwords, user, password)
		if plain, err := url.PathUnescape(password); err == nil {
			passwords = append(passwords, plain)
		}
	}
	return passwords
}

// logsWanted tells whether an environment, a list of NAME=value, sets a
// TF_LOG* variable. An empty value counts as none, as it does for the CLI.
func logsWanted(environment []string) bool {
	return slices.ContainsFunc(environment, func(setting string) bool {
		name, value, _ := strings.Cut(setting, "=")
		return strings.HasPrefix(name, "TF_LOG") && value != ""
	})
}
