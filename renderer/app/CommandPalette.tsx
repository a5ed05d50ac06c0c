import { Modal, Text, TextInput, useMantineColorScheme } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { useLocation } from 'wouter';
import { modelsByName } from '../../shared/registry/listChannels';
import type { Model } from '../../shared/registry/model';
import { api } from '../api/client';
import { useAuditStore } from '../audit/auditStore';
import { useRegistryStore } from '../registry/registryStore';
import { useVaultStore } from '../vault/vaultStore';
import classes from './CommandPalette.module.css';
import {
  longestWord,
  matchItems,
  paletteItems,
  type PaletteItem,
  type PaletteTools,
} from './paletteItems';

interface CommandPaletteProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onHelp: () => void;
}

/** One field that reaches every page, model and action. */
export function CommandPalette({ opened, onClose, onHelp }: CommandPaletteProps) {
  const tools = useTools(onHelp);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      withCloseButton={false}
      padding={0}
      size={560}
      yOffset="12vh"
      centered={false}
      title="Go to a page, model or action"
      classNames={{ header: 'assay-hidden' }}
    >
      {opened && <PaletteList tools={tools} onClose={onClose} />}
    </Modal>
  );
}

function useTools(onHelp: () => void): PaletteTools {
  const [, navigate] = useLocation();
  const { toggleColorScheme } = useMantineColorScheme();
  const lock = useVaultStore((state) => state.lock);
  const verifyChain = useAuditStore((state) => state.verifyChain);
  const openTab = useRegistryStore((state) => state.openTab);
  const setExportOpen = useAuditStore((state) => state.setExportOpen);
  return {
    navigate,
    lock: () => void lock('person'),
    toggleTheme: toggleColorScheme,
    showShortcuts: onHelp,
    exportPackage: () => {
      navigate('/audit');
      setExportOpen(true);
    },
    openCards: (modelId) => {
      openTab(modelId, 'cards');
      navigate(`/models/${modelId}`);
    },
    verifyChain: () => {
      navigate('/audit');
      void verifyChain();
    },
  };
}

const OFFERED_MODELS = 50;
const TYPING_PAUSE_MS = 120;

/** Models whose name may hold the typed words: core finds those with the longest word. */
function useModels(typed: string): readonly Model[] {
  const [text] = useDebouncedValue(longestWord(typed), TYPING_PAUSE_MS);
  const [models, setModels] = useState<readonly Model[]>([]);
  useEffect(() => {
    const controller = new AbortController();
    const query = modelsByName(text, OFFERED_MODELS);
    void api['registry.searchModels'](query, { signal: controller.signal }).then((result) => {
      if (result.ok && !controller.signal.aborted) setModels(result.value.models);
    });
    return () => controller.abort();
  }, [text]);
  return models;
}

interface PaletteListProps {
  readonly tools: PaletteTools;
  readonly onClose: () => void;
}

function PaletteList({ tools, onClose }: PaletteListProps) {
  const [typed, setTyped] = useState('');
  const [current, setCurrent] = useState(0);
  const listId = useId();
  const list = useRef<HTMLDivElement>(null);
  const models = useModels(typed);
  const shown = matchItems(paletteItems(models, tools), typed);
  const selected = Math.min(current, shown.length - 1);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [selected]);

  function run(item: PaletteItem | undefined): void {
    if (item === undefined) return;
    onClose();
    item.run();
  }
  function onKeyDown(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined)
      setCurrent((selected + step + shown.length) % Math.max(1, shown.length));
    else if (event.key === 'Enter') run(shown[selected]);
    else return;
    event.preventDefault();
  }

  return (
    <>
      <TextInput
        data-autofocus
        variant="unstyled"
        size="md"
        px="md"
        py={6}
        aria-label="Page, model or action"
        placeholder="Page, model or action"
        leftSection={<IconSearch size={17} aria-hidden />}
        role="combobox"
        aria-expanded
        aria-controls={listId}
        aria-activedescendant={shown.length === 0 ? undefined : `${listId}-${selected}`}
        value={typed}
        onKeyDown={onKeyDown}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setCurrent(0);
        }}
      />
      <div ref={list} id={listId} role="listbox" aria-label="Results" className={classes.list}>
        {shown.map((item, i) => (
          <button
            type="button"
            tabIndex={-1}
            key={item.id}
            id={`${listId}-${i}`}
            role="option"
            aria-selected={i === selected}
            className={classes.item}
            onPointerMove={() => setCurrent(i)}
            onClick={() => run(item)}
          >
            <span className={classes.label}>{item.label}</span>
            <span className={classes.kind}>{item.kind}</span>
          </button>
        ))}
      </div>
      <Text role="status" c="dimmed" px="md" pb={shown.length === 0 ? 'md' : 0}>
        {shown.length === 0 ? 'Nothing has this name.' : ''}
      </Text>
    </>
  );
}
